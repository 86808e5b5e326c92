import { macSearch } from "../../model/mac";
import { optional } from "../../params/param";
import { search } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "phone/list",
  summary: "List phones by their MAC addresses",
  access: "limited_read",
  params: { search: optional(search("MAC addresses", "f00ba2*")) },
  answers: ["list"],
  examples: [{ command: "hermes phone list --search f00ba2" }],
  async run({ phones }, params) {
    return { list: phones.list(params.search && macSearch(params.search)) };
  },
});
