import { open } from "../../access/lite";
import * as answer from "../../answers";
import { generatePassword } from "../../model/password";
import { node } from "../node";

export const genPw = node({
  name: "user/gen_pw",
  summary: "Print a random password like those of user add-local",
  access: "limited_read",
  params: {},
  answers: { password: answer.secret({ fresh: true }) },
  lite: open,
  plain: "password",
  offline: true,
  examples: [{ command: "hermes user gen-pw" }],
  async run(_stores, _params, { config }) {
    return { password: generatePassword(config.defaults.passwordLength) };
  },
});
