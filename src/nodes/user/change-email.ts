import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { email, user } from "../../params/types";
import { changeEmail as rule } from "../../rules/change-account";
import { node } from "../node";

export const changeEmail = node({
  name: "user/change_email",
  summary: "Change a local account's mail address",
  access: "read_write",
  params: { user: positional(user()), email: email("the new mail address") },
  answers: { user: answer.text(), email: answer.text() },
  tells: {
    verb: ["Change", "Changed"],
    what: ({ user, email }) => `the mail address of ${user} to ${email}`,
  },
  examples: [{ command: "hermes user change-email alice@example.org --email alice@example.com" }],
  rule,
  wanted: ({ user, email }) => ({ address: user, email }),
  answer: (address, { email }) => ({ user: formatSipAddress(address), email }),
});
