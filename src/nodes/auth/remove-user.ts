import * as answer from "../../answers";
import { operatorNameOrId } from "../../params/operators";
import { positional } from "../../params/param";
import { node } from "../node";
import { requireOperator } from "./rules";

export const removeUser = node({
  name: "auth/remove_user",
  summary: "Remove an operator with its sessions, API keys and rights",
  description: "Extensions that it manages have no managing user then.",
  access: "read_write",
  params: { username: positional(operatorNameOrId()) },
  answers: { user: answer.text() },
  examples: [{ command: "hermes auth remove-user bob" }],
  async run(stores, params) {
    await stores.locks.take("operators");
    const { id, username } = await requireOperator(stores, params.username);
    await stores.sessions.removeOfOperator(id);
    await stores.apiKeys.removeOfOperator(id);
    await stores.extensionRights.removeOfOperator(id);
    await stores.managingUsers.removeOfOperator(id);
    await stores.operators.remove(id);
    return { user: username };
  },
});
