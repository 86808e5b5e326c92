import * as answer from "../../answers";
import { loadedDomains } from "../../kamailio-rpc/domains";
import { optional } from "../../params/param";
import { limit, toggle } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "domain/list",
  summary: "List the domains that Kamailio serves",
  description:
    "A running Kamailio reads them at start and when told to: hermes domain reload. With --live the answer says what it has loaded: loaded, missing (in its table, not loaded yet) and removed (loaded, no longer in its table).",
  access: "limited_read",
  params: {
    live: toggle("compare with what the running Kamailio has loaded; needs kamailio.rpc"),
    limit: optional(limit()),
  },
  answers: {
    list: answer.rows(answer.text()),
    loaded: answer.optional(answer.list(answer.text())),
    missing: answer.optional(answer.list(answer.text())),
    removed: answer.optional(answer.list(answer.text())),
  },
  examples: [{ command: "hermes domain list" }, { command: "hermes domain list --live" }],
  async run({ domains }, { live }, { rpc }) {
    const list = await domains.list();
    if (!live) return { list };
    const loaded = await loadedDomains(rpc);
    return {
      list,
      loaded,
      missing: list.filter((domain) => !loaded.includes(domain)),
      removed: loaded.filter((domain) => !list.includes(domain)),
    };
  },
});
