import * as answer from "../../answers";
import { optional } from "../../params/param";
import { limit } from "../../params/types";
import { node } from "../node";
import { operatorFields } from "./fields";

export const listUsers = node({
  name: "auth/list_users",
  summary: "List operators",
  access: "full_read",
  params: { limit: optional(limit()) },
  answers: { list: answer.rows(answer.operator()) },
  examples: [{ command: "hermes auth list-users" }],
  async run({ operators }) {
    return { list: operators.list().map(operatorFields) };
  },
});
