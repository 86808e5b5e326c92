import * as answer from "../../answers";
import { operatorNameOrId } from "../../params/operators";
import { positional } from "../../params/param";
import { keepsWriter, removeOperator } from "../../rules/operators";
import { node } from "../node";

export const removeUser = node({
  name: "auth/remove_user",
  summary: "Remove an operator with its sessions, API keys and rights",
  description: "Extensions that it manages have no managing user then.",
  access: "read_write",
  params: { username: positional(operatorNameOrId()) },
  answers: { user: answer.text() },
  tells: {
    verb: ["Remove", "Removed"],
    what: ({ user }) => `operator ${user} with its sessions, API keys and rights`,
    destroys: true,
  },
  examples: [{ command: "hermes auth remove-user bob" }],
  rule: removeOperator,
  wanted: ({ username }, { config }) => ({ who: username, keepWriter: keepsWriter(config) }),
  answer: ({ username }) => ({ user: username }),
});
