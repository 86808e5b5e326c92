import { node } from "../node";
import { operatorFields } from "./fields";

export const listUsers = node({
  name: "auth/list_users",
  summary: "List operators",
  access: "full_read",
  params: {},
  answers: ["list"],
  examples: [{ command: "hermes auth list-users" }],
  async run({ operators }) {
    return { list: operators.list().map(operatorFields) };
  },
});
