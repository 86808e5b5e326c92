import { asOneself } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { operatorNameOrId } from "../../params/operators";
import { optional } from "../../params/param";
import type { Stores } from "../../store/stores";
import { findOperator } from "../auth/find";
import { type Context, node } from "../node";

export const permissions = node({
  name: "extension/permissions",
  summary: "Show every extension that an operator holds a right on, and which",
  description: "Without --username one's own. Who manages an extension holds every right on it.",
  access: ({ username }, self) =>
    username === undefined || username === self ? "session" : "full_read",
  params: { username: optional(operatorNameOrId("another operator's username")) },
  answers: { permissions: answer.permissionsByExtension() },
  lite: asOneself,
  examples: [
    { command: "hermes extension permissions" },
    { command: "hermes extension permissions --username bob" },
  ],
  async run(stores, { username }, context) {
    const id =
      username === undefined
        ? await ownId(stores, context)
        : (await findOperator(stores, username)).id;
    const held = id === undefined ? [] : await stores.extensionRights.heldBy(id);
    if (held.length === 0) {
      const others = username !== undefined && username !== context.authority.name;
      throw failed("extension", `${others ? `${username} has` : "You have"} no extensions`);
    }
    return {
      permissions: Object.fromEntries(
        held.map(({ extension, permissions }) => [formatSipAddress(extension), permissions]),
      ),
    };
  },
});

/** Whoever asks: by their session, else the operator of the same name as the system's user. */
async function ownId({ operators }: Stores, { authority, config }: Context) {
  if (authority.operatorId !== undefined) return authority.operatorId;
  if (config.auth.mode === "session") return undefined;
  return (await operators.find(authority.name))?.id;
}
