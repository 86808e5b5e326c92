import * as answer from "../../answers";
import { optional } from "../../params/param";
import { limit } from "../../params/types";
import { node } from "../node";

export const listApikeys = node({
  name: "auth/list_apikeys",
  summary: "List API keys, without the keys",
  access: "full_read",
  params: { limit: optional(limit()) },
  answers: {
    list: answer.rows(
      answer.record({
        id: answer.text(),
        host: answer.text(),
        access: answer.accessLevel(),
        created: answer.time(),
        last_used: answer.nullable(answer.time()),
      }),
    ),
  },
  examples: [{ command: "hermes auth list-apikeys" }],
  async run({ apiKeys }) {
    const keys = await apiKeys.list();
    return {
      list: keys.map(({ id, host, access, created, lastUsed }) => ({
        id,
        host,
        access,
        created,
        last_used: lastUsed,
      })),
    };
  },
});
