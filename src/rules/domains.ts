import { SIP_PORT } from "../model/sip-port";
import type { DomainServers } from "../store/provisioning/servers";
import { rule } from "./rule";

/** The default servers that a domain gets where nobody has said better. */
export const usualServers = (domain: string): DomainServers => ({
  registrar: domain,
  r_port: SIP_PORT,
  proxy: domain,
  p_port: SIP_PORT,
  prov_url: `https://${domain}/hermes/prov`,
});

/** domain/set_servers: new accounts of the domain get them. */
export const setServers = rule<{ domain: string; servers: DomainServers }, void>({
  locks: ["addresses"],
  asks: [(wanted) => ({ serversOf: wanted.map(({ domain }) => domain) })],
  decide(facts, { domain, servers }) {
    facts.set("servers", domain, servers);
  },
});

/** Gives a domain the usual default servers where it has none; answers whether it did. */
export const provideServers = rule<string, boolean>({
  locks: ["addresses"],
  asks: [(domains) => ({ serversOf: domains })],
  decide(facts, domain) {
    if (facts.has("servers", domain)) return false;
    facts.add("servers", domain, usualServers(domain));
    return true;
  },
});

/** Adds a domain to Kamailio's where it is not yet; answers whether it did. */
export const provideDomain = rule<string, boolean>({
  locks: ["addresses"],
  asks: [(domains) => ({ domains })],
  decide(facts, domain) {
    if (facts.has("domain", domain)) return false;
    facts.add("domain", domain, {});
    return true;
  },
});
