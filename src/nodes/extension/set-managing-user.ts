import { randomUUID } from "node:crypto";
import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import {
  operatorId,
  operatorNameOrId,
  operatorPassword,
  passwordHash,
} from "../../params/operators";
import { chosen, optional, positional, prompted } from "../../params/param";
import { needs, where } from "../../params/relations";
import { text, toggle } from "../../params/types";
import { setManager } from "../../rules/extensions";
import { operatorFields } from "../auth/fields";
import { onePassword, settlePassword } from "../auth/passwords";
import { node } from "../node";
import { previousManager } from "./answers";

const params = {
  extension: positional(extension()),
  username: operatorNameOrId("the operator it is to belong to"),
  create: toggle("add that operator too, with access limited_read"),
  password: prompted(chosen(operatorPassword("the new operator's password"))),
  generate: toggle("generate the new operator's password and show it"),
  password_hash: optional(
    passwordHash("its password hashed already: scrypt in PHC format, or SHA-1 in hex"),
  ),
  displayname: optional(
    text("the new operator's name, as people know it", "Bob B.", { placeholder: "NAME" }),
  ),
  lite: toggle("the new operator sees and touches only its own extensions"),
  disabled: toggle("the new operator can't log in until it is enabled"),
  id: optional(operatorId()),
};

export const setManagingUser = node({
  name: "extension/set_managing_user",
  summary: "Give an extension to an operator",
  description:
    "It is taken from the operator who managed it before; the answer says from whom. Who manages an extension holds every right on it.",
  access: "read_write",
  params,
  relations: [
    needs("password", "create"),
    needs("generate", "create"),
    needs("password_hash", "create"),
    needs("displayname", "create"),
    needs("lite", "create"),
    needs("disabled", "create"),
    needs("id", "create"),
    where("create", onePassword),
  ],
  answers: {
    extension: answer.text(),
    user: answer.operator(),
    previous: answer.nullable(previousManager()),
    password: answer.optional(answer.secret({ fresh: true })),
  },
  tells: {
    verb: ["Make", "Made"],
    what: ({ extension, user, previous }) =>
      `${user.username} the managing user of ${extension}${previous === null ? "" : `, in place of ${previous}`}`,
  },
  examples: [
    { command: "hermes extension set-managing-user 4224@example.org --username bob" },
    {
      command:
        "hermes extension set-managing-user 4224@example.org --username bob --create --lite --generate",
    },
  ],
  rule: setManager,
  async wanted(given, { config }) {
    const { extension, username, displayname = null, lite, disabled, create } = given;
    if (!create) return { extension, who: username, create: undefined, made: {} };
    const { passwordHash, made } = await settlePassword(given, config.defaults.passwordLength);
    const operator = {
      ...{ id: given.id ?? randomUUID(), username, displayname, passwordHash },
      ...{ access: "limited_read" as const, enabled: !disabled, full: !lite },
    };
    return { extension, who: username, create: operator, made };
  },
  answer: ({ extension, manager, previous }, _params, { made }) => ({
    extension: formatSipAddress(extension),
    user: operatorFields(manager),
    previous: previous?.username ?? null,
    ...made,
  }),
});
