import * as answer from "../../answers";
import {
  operatorName,
  operatorNameOrId,
  operatorPassword,
  passwordHash,
} from "../../params/operators";
import { optional, positional } from "../../params/param";
import { atLeastOne, atMostOne, saying } from "../../params/relations";
import { text, toggle } from "../../params/types";
import { keepsWriter, updateOperator } from "../../rules/operators";
import { node } from "../node";
import { operatorFields } from "./fields";
import { type GivenPassword, settlePassword } from "./passwords";

export const updateUser = node({
  name: "auth/update_user",
  summary: "Change an operator's name, password or kind, or disable it",
  description:
    "A new password ends the operator's other sessions; --disable ends all of them and stops its API keys.",
  access: "read_write",
  params: {
    username: positional(operatorNameOrId()),
    new_username: optional(operatorName("another username for it")),
    password: optional(operatorPassword("a new password")),
    generate: toggle("generate a new password and show it"),
    password_hash: optional(
      passwordHash("a new password hashed already: scrypt in PHC format, or SHA-1 in hex"),
    ),
    displayname: optional(
      text("the operator's name, as people know it", "Bob B.", { placeholder: "NAME" }),
    ),
    full: toggle("sees and touches everything that its access level allows"),
    lite: toggle("sees and touches only extensions that it manages or holds rights on"),
    enable: toggle("can log in"),
    disable: toggle("can't log in, and what is logged in stops at once"),
  },
  relations: [
    saying(
      "Nothing to change",
      atLeastOne(
        "new_username",
        "password",
        "generate",
        "password_hash",
        "displayname",
        "full",
        "lite",
        "enable",
        "disable",
      ),
    ),
    atMostOne("password", "generate", "password_hash"),
    atMostOne("full", "lite"),
    atMostOne("enable", "disable"),
  ],
  answers: { user: answer.operator(), password: answer.optional(answer.secret({ fresh: true })) },
  tells: {
    verb: ["Change", "Changed"],
    what: ({ user }) => `operator ${user.username}`,
    shows: ["user"],
  },
  examples: [
    { command: "hermes auth update-user bob --displayname 'Bob B.' --full" },
    { command: "hermes auth update-user bob --disable" },
    { command: "hermes auth update-user bob --password-stdin < password.txt" },
  ],
  rule: updateOperator,
  async wanted(params, { config }) {
    const { username: who, new_username: username, displayname, full, lite } = params;
    const { enable, disable } = params;
    const keepWriter = keepsWriter(config);
    const changes = {
      ...(username === undefined ? {} : { username }),
      ...(displayname === undefined ? {} : { displayname }),
      ...(full || lite ? { full } : {}),
      ...(enable || disable ? { enabled: enable } : {}),
    };
    if (!changesPassword(params)) return { who, changes, keepWriter, made: {} };
    const { passwordHash, made } = await settlePassword(params, config.defaults.passwordLength);
    return { who, changes: { ...changes, passwordHash }, keepWriter, made };
  },
  answer: (operator, _params, { made }) => ({ user: operatorFields(operator), ...made }),
  async after({ sessions }, { id }, params, { authority }) {
    if (params.disable) await sessions.removeOfOperator(id);
    else if (changesPassword(params))
      await sessions.removeOfOperator(id, authority.session?.digest);
  },
});

const changesPassword = ({ password, generate, password_hash: hash }: GivenPassword) =>
  password !== undefined || generate || hash !== undefined;
