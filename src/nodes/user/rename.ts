import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { address, user } from "../../params/types";
import { renameAccount } from "../../rules/rename-account";
import { node } from "../node";

export const rename = node({
  name: "user/rename",
  summary: "Give an account another address; everything of it moves along",
  description:
    "Attributes, groups, aliases, phones and rights move; digests are made anew from the password. Where only digests are known a password is made and shown. Its phones need their configuration anew.",
  access: "read_write",
  params: {
    user: positional(user()),
    to: positional(address("the new address", "alice.smith@example.org", null)),
  },
  answers: {
    user: answer.text(),
    from: answer.text(),
    password: answer.optional(answer.secret({ fresh: true })),
    detail: answer.optional(answer.sentence()),
  },
  tells: {
    verb: ["Rename", "Renamed"],
    what: ({ user, from }) => `${from} to ${user}`,
  },
  examples: [{ command: "hermes user rename alice@example.org alice.smith@example.org" }],
  rule: renameAccount,
  wanted: ({ user, to }, { config }) => ({
    address: user,
    to,
    newPassword: generatePassword(config.defaults.passwordLength),
  }),
  answer: ({ from, address, made }) => ({
    user: formatSipAddress(address),
    from: formatSipAddress(from),
    ...(made === undefined ? {} : { password: made }),
  }),
  leaves: ({ from, local }) => (local ? from : undefined),
});
