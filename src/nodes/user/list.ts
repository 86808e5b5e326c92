import { onlyOwn } from "../../access/lite";
import * as answer from "../../answers";
import { optional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { duration } from "../../params/times";
import { limit, search, toggle } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "user/list",
  summary: "List accounts",
  access: "limited_read",
  description:
    "--registered, --offline and --unused look at Kamailio's own accounts only. An account is unused where nobody has been seen registered with it for so long, or ever (see user seen).",
  params: {
    search: optional(search("addresses", "*@example.org")),
    registered: toggle("only those that have a phone registered now"),
    offline: toggle("only those that have none"),
    unused: optional(duration("only those that have had none for so long")),
    limit: optional(limit()),
  },
  relations: [atMostOne("registered", "offline", "unused")],
  answers: {
    list: answer.rows(answer.record({ user: answer.text(), displayname: answer.displayname() })),
  },
  lite: onlyOwn("list", ({ user }: { user: string }) => user),
  examples: [
    { command: "hermes user list" },
    { command: "hermes user list --search 'al*@example.org'" },
    { command: "hermes user list --unused 90d" },
  ],
  async run({ accounts }, { search, registered, offline, unused }, { now }) {
    if (unused !== undefined) {
      return { list: accounts.present({ is: "unused", time: now - unused }, search) };
    }
    if (!registered && !offline) return { list: accounts.list(search) };
    return {
      list: accounts.present({ is: registered ? "registered" : "offline", time: now }, search),
    };
  },
});
