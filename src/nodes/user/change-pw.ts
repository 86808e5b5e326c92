import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { formatSipAddress } from "../../model/sip-address";
import { chosen, positional, prompted } from "../../params/param";
import { exactlyOne, saying } from "../../params/relations";
import { password, toggle, user } from "../../params/types";
import { changePassword } from "../../rules/change-account";
import { node } from "../node";
import { afterChange, phonesOf, resync, settling } from "../phone/after-change";

const CHANGED = "Changed ";

export const changePw = node({
  name: "user/change_pw",
  summary: "Change an account's password",
  description:
    "In Kamailio and in provisioning, with both digests; both change or neither. Registrations made with the old one end. Phones need their configuration anew.",
  access: "read_write",
  params: {
    user: positional(user()),
    password: prompted(chosen(password("the new password"))),
    generate: toggle("generate the new password and show it"),
    resync: resync(),
  },
  relations: [saying("No password is given", exactlyOne("password", "generate"))],
  answers: {
    detail: answer.toldSentence(),
    password: answer.optional(answer.secret({ fresh: true })),
    ...afterChange,
  },
  tells: {
    verb: ["Change", "Changed"],
    what: ({ detail }) => detail.replace(CHANGED, "").replace(/\. .*$/s, ""),
    shows: ["phones", "notified"],
  },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [
    { command: "hermes user change-pw alice@example.org --generate" },
    { command: "hermes user change-pw alice@example.org --password-stdin < password.txt" },
  ],
  rule: changePassword,
  wanted: ({ user, password }, { config }) => ({
    address: user,
    password,
    newPassword: generatePassword(config.defaults.passwordLength),
  }),
  answer: ({ address, password, phones }, params) => ({
    detail: `${CHANGED}the password of ${formatSipAddress(address)}`,
    ...(params.password === undefined ? { password } : {}),
    ...phonesOf(phones),
  }),
  leaves: ({ address, local }) => (local ? address : undefined),
  settling,
});
