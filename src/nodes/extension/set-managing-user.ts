import { randomUUID } from "node:crypto";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { operatorNameOrId, operatorPassword, passwordHash } from "../../params/operators";
import { invalidParameters, optional, positional, promptedWith } from "../../params/param";
import { text, toggle } from "../../params/types";
import { setManager } from "../../rules/extensions";
import { operatorFields } from "../auth/fields";
import { requireOnePassword, settlePassword } from "../auth/passwords";
import { node } from "../node";

const params = {
  extension: positional(extension()),
  username: operatorNameOrId("the operator it is to belong to"),
  create: toggle("add that operator too, with access limited_read"),
  password: promptedWith(
    operatorPassword("the new operator's password"),
    "create",
    "generate",
    "password_hash",
  ),
  generate: toggle("generate the new operator's password and show it"),
  password_hash: optional(
    passwordHash("its password hashed already: scrypt in PHC format, or SHA-1 in hex"),
  ),
  displayname: optional(text("the new operator's name, as people know it", "Bob B.")),
  lite: toggle("the new operator sees and touches only its own extensions"),
};

export const setManagingUser = node({
  name: "extension/set_managing_user",
  summary: "Give an extension to an operator",
  description:
    "It is taken from the operator who managed it before; the answer says from whom. Who manages an extension holds every right on it.",
  access: "read_write",
  params,
  answers: ["extension", "user", "previous", "password"],
  fresh: ["password"],
  examples: [
    { command: "hermes extension set-managing-user 4224@example.org --username bob" },
    {
      command:
        "hermes extension set-managing-user 4224@example.org --username bob --create --lite --generate",
    },
  ],
  check({ create, lite, displayname, ...given }) {
    if (create) return requireOnePassword(given);
    const { password, generate, password_hash: hash } = given;
    if (lite || generate || [password, hash, displayname].some((value) => value !== undefined)) {
      throw invalidParameters("A password, --displayname and --lite go with --create.");
    }
  },
  rule: setManager,
  async wanted(given, { config }) {
    const { extension, username, displayname = null, lite, create } = given;
    if (!create) return { extension, who: username, create: undefined, made: {} };
    const { passwordHash, made } = await settlePassword(given, config.defaults.passwordLength);
    const operator = {
      ...{ id: randomUUID(), username, displayname, passwordHash },
      ...{ access: "limited_read" as const, enabled: true, full: !lite },
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
