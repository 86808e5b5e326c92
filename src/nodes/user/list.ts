import { onlyOwn } from "../../access/lite";
import * as answer from "../../answers";
import { optional } from "../../params/param";
import { limit, search } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "user/list",
  summary: "List accounts",
  access: "limited_read",
  params: { search: optional(search("addresses", "*@example.org")), limit: optional(limit()) },
  answers: {
    list: answer.rows(answer.record({ user: answer.text(), displayname: answer.displayname() })),
  },
  lite: onlyOwn("list", ({ user }: { user: string }) => user),
  examples: [
    { command: "hermes user list" },
    { command: "hermes user list --search 'al*@example.org'" },
  ],
  async run({ accounts }, params) {
    return { list: accounts.list(params.search) };
  },
});
