import { randomUUID } from "node:crypto";
import * as answer from "../../answers";
import {
  accessLevel,
  operatorId,
  operatorName,
  operatorPassword,
  passwordHash,
} from "../../params/operators";
import { chosen, optional, positional, prompted } from "../../params/param";
import { text, toggle } from "../../params/types";
import { addOperator, firstOperator } from "../../rules/operators";
import { node } from "../node";
import { operatorFields } from "./fields";
import { onePassword, settlePassword } from "./passwords";

export const addUser = node({
  name: "auth/add_user",
  summary: "Add an operator: a person or a program that uses Hermes",
  description:
    "With access limited_read unless --access says otherwise. Where auth.mode is session and there is no operator yet, the owner of the configuration file adds the first one without a session, and that one gets read_write.",
  access: "read_write",
  bootstraps: true,
  params: {
    username: positional(operatorName("the new operator's username")),
    password: prompted(chosen(operatorPassword("the operator's password"))),
    generate: toggle("generate the password and show it"),
    password_hash: optional(
      passwordHash("the password hashed already: scrypt in PHC format, or SHA-1 in hex"),
    ),
    displayname: optional(
      text("the operator's name, as people know it", "Bob B.", { placeholder: "NAME" }),
    ),
    lite: toggle("sees and touches only extensions that it manages or holds rights on"),
    disabled: toggle("can't log in until it is enabled"),
    access: optional(accessLevel()),
    id: optional(operatorId()),
  },
  relations: [onePassword],
  answers: { user: answer.operator(), password: answer.optional(answer.secret({ fresh: true })) },
  tells: {
    verb: ["Add", "Added"],
    what: ({ user }) => `operator ${user.username}`,
    shows: ["user"],
  },
  examples: [
    { command: "hermes auth add-user alice --displayname 'Alice A.'" },
    { command: "hermes auth add-user bob --generate --lite" },
  ],
  rule: addOperator,
  async wanted(params, { authority, config }) {
    const { username, displayname = null, lite, disabled, access, id = randomUUID() } = params;
    const { passwordHash, made } = await settlePassword(params, config.defaults.passwordLength);
    return {
      ...{ id, username, displayname, passwordHash, made },
      ...{ enabled: !disabled, full: !lite, access },
      first: firstOperator(config.auth.mode, authority.bootstrap === true),
    };
  },
  answer: (operator, _params, { made }) => ({ user: operatorFields(operator), ...made }),
});
