import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { domain, host, port, url } from "../../params/types";
import { setServers as rule } from "../../rules/domains";
import { node } from "../node";

export const setServers = node({
  name: "domain/set_servers",
  summary: "Set a domain's default servers for phones",
  description: "New accounts get them; accounts that exist keep theirs.",
  access: "read_write",
  params: {
    domain: positional(domain("the domain")),
    registrar: host("where phones register"),
    r_port: port("the registrar's port"),
    proxy: host("where phones send calls", "proxy.example.org"),
    p_port: port("the proxy's port"),
    prov_url: url("where phones fetch their configuration", "https://example.org/hermes/prov"),
  },
  answers: { domain: answer.text(), servers: answer.servers() },
  refuse: (detail) => failed("parameters", detail),
  tells: {
    verb: ["Set", "Set"],
    what: ({ domain }) => `the default servers of ${domain}`,
    shows: ["servers"],
  },
  examples: [
    {
      command:
        "hermes domain set-servers example.org --registrar sip.example.org --r-port 5060 --proxy proxy.example.org --p-port 5060 --prov-url https://example.org/hermes/prov",
    },
  ],
  rule,
  wanted: ({ domain, ...servers }) => ({ domain, servers }),
  answer: (_outcome, { domain, ...servers }) => ({ domain, servers }),
});
