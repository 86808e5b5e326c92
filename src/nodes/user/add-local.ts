import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { positional } from "../../params/param";
import { address, email, text } from "../../params/types";
import { addAccount } from "../../rules/add-account";
import { node } from "../node";
import { userFields } from "./fields";

export const addLocal = node({
  name: "user/add_local",
  summary: "Add an account to Kamailio and provisioning",
  description:
    "The domain must be one of Kamailio's and have default servers (see domain set-servers). The password is generated and shown.",
  access: "read_write",
  params: {
    user: positional(address("the new account's address")),
    displayname: text("the person's name, as phones show it", "Alice", { placeholder: "NAME" }),
    email: email(),
  },
  answers: { user: answer.account({ fresh: true }) },
  tells: {
    verb: ["Add", "Added"],
    what: ({ user: { username, domain } }) => `${username}@${domain}`,
    shows: ["user"],
  },
  examples: [
    {
      command:
        "hermes user add-local alice@example.org --displayname Alice --email alice@example.org",
    },
  ],
  rule: addAccount,
  wanted: ({ user, displayname, email }, { config: { defaults } }) => ({
    ...{ address: user, type: "local" as const, ifExists: "fail" as const },
    ...{ displayname, email, permission: defaults.permission },
    newPassword: generatePassword(defaults.passwordLength),
  }),
  answer: ({ account }) => ({ user: userFields(account) }),
});
