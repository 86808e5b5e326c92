import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { extension } from "../../params/extension";
import { operatorNameOrId, operatorPassword, passwordHash } from "../../params/operators";
import { optional, positional, prompted, type Values } from "../../params/param";
import { needs, where } from "../../params/relations";
import { text, toggle } from "../../params/types";
import type { Stores } from "../../store/stores";
import {
  addOperator,
  onePassword,
  operatorFields,
  requireFreeName,
  requireOperator,
  settlePassword,
} from "../auth/rules";
import { type Context, node } from "../node";
import { managerOf, previousManager, requireExtension } from "./rules";

const params = {
  extension: positional(extension()),
  username: operatorNameOrId("the operator it is to belong to"),
  create: toggle("add that operator too, with access limited_read"),
  password: prompted(operatorPassword("the new operator's password")),
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
  relations: [
    needs("password", "create"),
    needs("generate", "create"),
    needs("password_hash", "create"),
    needs("displayname", "create"),
    needs("lite", "create"),
    where("create", onePassword),
  ],
  answers: {
    extension: answer.text(),
    user: answer.operator(),
    previous: answer.nullable(previousManager()),
    password: answer.optional(answer.secret({ fresh: true })),
  },
  examples: [
    { command: "hermes extension set-managing-user 4224@example.org --username bob" },
    {
      command:
        "hermes extension set-managing-user 4224@example.org --username bob --create --lite --generate",
    },
  ],
  async run(stores, given, context) {
    await stores.locks.take("addresses");
    await stores.locks.take("operators");
    const address = await requireExtension(stores, given.extension);
    const shown = formatSipAddress(address);
    const previous = await managerOf(stores, address);
    const { operator, made } = given.create
      ? await create(stores, given, context)
      : { operator: await requireOperator(stores, given.username), made: {} };
    if (previous?.id === operator.id) {
      throw failed("exists", `${operator.username} is the managing user of ${shown} already.`);
    }
    await stores.managingUsers.set(address, operator.id);
    return {
      extension: shown,
      user: operatorFields(operator),
      previous: previous?.username ?? null,
      ...made,
    };
  },
});

async function create(stores: Stores, given: Values<typeof params>, { config }: Context) {
  const { username, displayname, lite } = given;
  // Before the password is hashed, which takes its time.
  await requireFreeName(stores, username);
  const { hash, made } = await settlePassword(given, config.defaults.passwordLength);
  const operator = await addOperator(
    stores,
    { username, displayname, access: "limited_read", enabled: true, full: !lite },
    hash,
  );
  return { operator, made };
}
