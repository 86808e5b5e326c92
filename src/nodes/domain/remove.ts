import * as answer from "../../answers";
import { positional } from "../../params/param";
import { domain } from "../../params/types";
import { removeDomain } from "../../rules/domains";
import { node } from "../node";
import { settling } from "./told";

export const remove = node({
  name: "domain/remove",
  summary: "Remove a domain that nobody is in from those that Kamailio serves",
  description:
    "Refused while there are accounts or aliases in it. Its default servers go as well. A running Kamailio serves it on until it is told, which is done where kamailio.rpc is configured.",
  access: "read_write",
  params: { domain: positional(domain("the domain")) },
  answers: {
    domain: answer.text(),
    servers: answer.nullable(answer.servers()),
    reloaded: answer.flag(),
    detail: answer.optional(answer.sentence()),
  },
  examples: [{ command: "hermes domain remove example.org" }],
  rule: removeDomain,
  wanted: ({ domain }) => domain,
  answer: (servers, { domain }) => ({ domain, servers, reloaded: false }),
  settling,
});
