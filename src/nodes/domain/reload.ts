import * as answer from "../../answers";
import { reloadDomains } from "../../kamailio-rpc/domains";
import { node } from "../node";

export const reload = node({
  name: "domain/reload",
  summary: "Have the running Kamailio read its domains again",
  description:
    "Needs kamailio.rpc in the configuration. domain add and domain remove do it by themselves there.",
  access: "read_write",
  writes: false,
  params: {},
  answers: { reloaded: answer.flag() },
  tells: {
    verb: ["Have", "Had"],
    what: () => "the running Kamailio read its domains again",
  },
  examples: [{ command: "hermes domain reload" }],
  async run(_stores, _params, { rpc }) {
    await reloadDomains(rpc);
    return { reloaded: true };
  },
});
