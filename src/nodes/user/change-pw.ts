import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { invalidParameters, positional, promptedUnless } from "../../params/param";
import { password, toggle, user } from "../../params/types";
import { changePassword } from "../../rules/change-account";
import { node } from "../node";

export const changePw = node({
  name: "user/change_pw",
  summary: "Change an account's password",
  description:
    "In Kamailio and in provisioning, with both digests; both change or neither. Phones need their configuration anew.",
  access: "read_write",
  params: {
    user: positional(user()),
    password: promptedUnless(password("the new password"), "generate"),
    generate: toggle("generate the new password and show it"),
  },
  answers: ["detail", "password"],
  fresh: ["password"],
  examples: [
    { command: "hermes user change-pw alice@example.org --generate" },
    { command: "hermes user change-pw alice@example.org --password-stdin < password.txt" },
  ],
  check({ password, generate }) {
    if ((password !== undefined) === generate) {
      throw invalidParameters(
        "Give the new password by --password or --password-stdin, or let it be made by --generate.",
      );
    }
  },
  rule: changePassword,
  wanted: ({ user, password }, { config }) => ({
    address: user,
    password,
    newPassword: generatePassword(config.defaults.passwordLength),
  }),
  answer: ({ address, password }, params) => ({
    detail: `Changed the password of ${formatSipAddress(address)}`,
    ...(params.password === undefined ? { password } : {}),
  }),
});
