import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { domain } from "../../params/types";
import { setServers as rule } from "../../rules/domains";
import { node } from "../node";
import { serverParams } from "./servers";

export const setServers = node({
  name: "domain/set_servers",
  summary: "Set a domain's default servers for phones",
  description: "New accounts get them; accounts that exist keep theirs.",
  access: "read_write",
  params: {
    domain: positional(domain("the domain")),
    ...serverParams,
  },
  answers: {
    domain: answer.text(),
    servers: answer.servers(),
    detail: answer.optional(answer.sentence()),
  },
  refuse: (detail) => failed("parameters", detail),
  examples: [
    {
      command:
        "hermes domain set-servers example.org --registrar sip.example.org --r-port 5060 --proxy proxy.example.org --p-port 5060 --prov-url https://example.org/hermes/prov",
    },
  ],
  rule,
  wanted: ({ domain, ...servers }) => ({ domain, servers }),
  answer: (isKamailios, { domain, ...servers }) => ({
    domain,
    servers,
    ...(isKamailios
      ? {}
      : {
          detail: `${domain} is not one of Kamailio's domains: nobody gets these servers before it is. Add it: hermes domain add ${domain}`,
        }),
  }),
});
