import { optional } from "../../params/param";
import { search } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "user/list",
  summary: "List accounts",
  access: "limited_read",
  params: { search: optional(search("addresses", "*@example.org")) },
  answers: ["list"],
  examples: [
    { command: "hermes user list" },
    { command: "hermes user list --search 'al*@example.org'" },
  ],
  async run({ accounts }, params) {
    return { list: accounts.list(params.search) };
  },
});
