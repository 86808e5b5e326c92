import * as answer from "../../answers";
import { optional, positional } from "../../params/param";
import { domain } from "../../params/types";
import { addDomain } from "../../rules/domains";
import { node } from "../node";
import { serverParams } from "./servers";
import { settling } from "./told";

const { registrar, r_port, proxy, p_port, prov_url } = serverParams;

export const add = node({
  name: "domain/add",
  summary: "Add a domain to those that Kamailio serves",
  description:
    "With default servers for phones: the domain itself with port 5060, but for what is given. A running Kamailio reads its domains at start and when told to, which is done where kamailio.rpc is configured.",
  access: "read_write",
  params: {
    domain: positional(domain("the domain")),
    registrar: optional(registrar),
    r_port: optional(r_port),
    proxy: optional(proxy),
    p_port: optional(p_port),
    prov_url: optional(prov_url),
  },
  answers: {
    domain: answer.text(),
    servers: answer.servers(),
    reloaded: answer.flag(),
    detail: answer.optional(answer.sentence()),
  },
  examples: [
    { command: "hermes domain add example.org" },
    { command: "hermes domain add example.org --registrar sip.example.org" },
  ],
  rule: addDomain,
  wanted: ({ domain, ...servers }) => ({ domain, servers }),
  answer: (servers, { domain }) => ({ domain, servers, reloaded: false }),
  settling,
});
