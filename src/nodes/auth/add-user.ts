import * as answer from "../../answers";
import { unauthorized } from "../../model/refusal";
import { accessLevel, operatorName, operatorPassword, passwordHash } from "../../params/operators";
import { invalidParameters, optional, positional, prompted } from "../../params/param";
import { text, toggle } from "../../params/types";
import { node } from "../node";
import { addOperator, onePassword, operatorFields, settlePassword } from "./rules";

export const addUser = node({
  name: "auth/add_user",
  summary: "Add an operator: a person or a program that uses Hermes",
  description:
    "With access limited_read unless --access says otherwise. Where auth.mode is session and there is no operator yet, the owner of the configuration file adds the first one without a session, and that one gets read_write.",
  access: "read_write",
  bootstraps: true,
  params: {
    username: positional(operatorName("the new operator's username")),
    password: prompted(operatorPassword("the operator's password")),
    generate: toggle("generate the password and show it"),
    password_hash: optional(
      passwordHash("the password hashed already: scrypt in PHC format, or SHA-1 in hex"),
    ),
    displayname: optional(text("the operator's name, as people know it", "Bob B.")),
    lite: toggle("sees and touches only extensions that it manages or holds rights on"),
    disabled: toggle("can't log in until it is enabled"),
    access: optional(accessLevel()),
  },
  relations: [onePassword],
  answers: { user: answer.operator(), password: answer.optional(answer.secret({ fresh: true })) },
  examples: [
    { command: "hermes auth add-user alice --displayname 'Alice A.'" },
    { command: "hermes auth add-user bob --generate --lite" },
  ],
  async run(stores, params, { authority, config }) {
    await stores.locks.take("operators");
    const first = config.auth.mode === "session" && !(await stores.operators.any());
    if (authority.bootstrap && !first) {
      throw unauthorized("There is an operator by now: this takes a session of theirs.");
    }
    const { lite, disabled, access = first ? "read_write" : "limited_read" } = params;
    if (first && (lite || disabled || access !== "read_write")) {
      throw invalidParameters(
        "The first operator must be enabled, full and read_write, or nobody could add another.",
      );
    }
    const { hash, made } = await settlePassword(params, config.defaults.passwordLength);
    const { username, displayname } = params;
    const operator = await addOperator(
      stores,
      { username, displayname, access, enabled: !disabled, full: !lite },
      hash,
    );
    return { user: operatorFields(operator), ...made };
  },
});
