import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { disableAccount } from "../../rules/disable-account";
import { node } from "../node";

export const disable = node({
  name: "user/disable",
  summary: "Keep an account from registering and calling until it is enabled",
  description:
    "It keeps its password, number, aliases, phones and rights; its digests are set aside and its registrations end. See user enable.",
  access: "read_write",
  params: { user: positional(user()) },
  answers: {
    user: answer.text(),
    enabled: answer.flag(),
    detail: answer.optional(answer.sentence()),
  },
  tells: {
    verb: ["Disable", "Disabled"],
    what: ({ user }) => user,
  },
  examples: [{ command: "hermes user disable alice@example.org" }],
  rule: disableAccount,
  wanted: ({ user }, { config }) => ({
    address: user,
    newPassword: generatePassword(config.defaults.passwordLength),
  }),
  answer: (address) => ({ user: formatSipAddress(address), enabled: false }),
  leaves: (address) => address,
});
