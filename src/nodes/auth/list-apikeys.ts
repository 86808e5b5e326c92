import { node } from "../node";

export const listApikeys = node({
  name: "auth/list_apikeys",
  summary: "List API keys, without the keys",
  access: "full_read",
  params: {},
  answers: ["list"],
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
