import { onlyAmong } from "../../access/lite";
import * as answer from "../../answers";
import { macSearch } from "../../model/mac";
import { optional } from "../../params/param";
import { limit, search } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "phone/list",
  summary: "List phones by their MAC addresses",
  access: "limited_read",
  params: { search: optional(search("MAC addresses", "f00ba2*")), limit: optional(limit()) },
  answers: { list: answer.rows(answer.text(), { column: "mac" }) },
  lite: onlyAmong("list", async ({ phones }, scope) => {
    const theirs = await phones.of(scope.extensions);
    const macs = new Set(theirs.map(({ mac }) => mac));
    return (mac: string) => macs.has(mac);
  }),
  examples: [{ command: "hermes phone list --search f00ba2" }],
  async run({ phones }, params) {
    return { list: phones.list(params.search && macSearch(params.search)) };
  },
});
