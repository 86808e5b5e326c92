import { open } from "../../access/lite";
import * as answer from "../../answers";
import { unauthorized } from "../../model/refusal";
import { operatorPassword } from "../../params/operators";
import { chosen, prompted } from "../../params/param";
import { exactlyOne, saying } from "../../params/relations";
import { toggle } from "../../params/types";
import { changeOwnPassword } from "../../rules/operators";
import { node } from "../node";
import { settlePassword } from "./passwords";

export const changePassword = node({
  name: "auth/change_password",
  summary: "Change your own password",
  description: "Whatever your level. It ends your other sessions; your API keys stay.",
  access: "session",
  writes: true,
  params: {
    password: prompted(chosen(operatorPassword("your new password"))),
    generate: toggle("generate the password and show it"),
  },
  relations: [saying("No password is given", exactlyOne("password", "generate"))],
  answers: { user: answer.text(), password: answer.optional(answer.secret({ fresh: true })) },
  lite: open,
  tells: {
    verb: ["Change", "Changed"],
    what: ({ user }) => `${user}'s password`,
  },
  examples: [
    { command: "hermes auth change-password" },
    { command: "hermes auth change-password --generate" },
  ],
  rule: changeOwnPassword,
  async wanted({ password, generate }, { authority: { name, operatorId, session }, config }) {
    // A key of little access would else become all that its maker may do.
    if (session !== undefined && session.apiKeyId !== null) {
      throw unauthorized("An API key can't change a password: log in with the old one.");
    }
    const given = await settlePassword({ password, generate }, config.defaults.passwordLength);
    // In trust nobody has to log in: it is the operator of the same name as the system's user.
    return { who: operatorId ?? name, ...given };
  },
  answer: ({ username }, _params, { made }) => ({ user: username, ...made }),
  async after({ sessions }, { id }, _params, { authority }) {
    await sessions.removeOfOperator(id, authority.session?.digest);
  },
});
