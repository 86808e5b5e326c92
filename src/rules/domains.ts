import type { DomainUse } from "../changes/facts";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { SIP_PORT } from "../model/sip-port";
import type { DomainServers } from "../store/provisioning/servers";
import { notKamailios } from "./refusals";
import { rule } from "./rule";

/** The default servers that a domain gets where nobody has said better. */
export const usualServers = (domain: string): DomainServers => ({
  registrar: domain,
  r_port: SIP_PORT,
  proxy: domain,
  p_port: SIP_PORT,
  prov_url: `https://${domain}/hermes/prov`,
});

export interface WantedDomain {
  readonly domain: string;
  /** Those of the default servers that are given; the others are the usual ones. */
  readonly servers: { readonly [K in keyof DomainServers]?: DomainServers[K] | undefined };
}

/** domain/add: one of Kamailio's domains, with default servers. Those that it has from before stay. */
export const addDomain = rule<WantedDomain, DomainServers>({
  locks: ["addresses"],
  asks: [
    (wanted) => {
      const domains = wanted.map(({ domain }) => domain);
      return { domains, serversOf: domains };
    },
  ],
  decide(facts, { domain, servers: given }) {
    if (facts.has("domain", domain)) {
      throw failed("exists", `${domain} is one of Kamailio's domains already.`);
    }
    facts.add("domain", domain, { did: domain });
    const before = facts.get("servers", domain)?.value ?? usualServers(domain);
    const servers: DomainServers = {
      registrar: given.registrar ?? before.registrar,
      r_port: given.r_port ?? before.r_port,
      proxy: given.proxy ?? before.proxy,
      p_port: given.p_port ?? before.p_port,
      prov_url: given.prov_url ?? before.prov_url,
    };
    facts.set("servers", domain, servers);
    return servers;
  },
});

/** domain/remove: nobody may live in it. Its default servers go as well. */
export const removeDomain = rule<string, DomainServers | null>({
  locks: ["addresses"],
  asks: [(domains) => ({ domains, serversOf: domains, livesIn: domains })],
  decide(facts, domain) {
    if (!facts.has("domain", domain)) throw notKamailios(domain, "nonexistant");
    const use = facts.livesIn.get(domain);
    if (use !== undefined) requireEmpty(domain, use);
    const servers = facts.get("servers", domain)?.value ?? null;
    facts.remove("domain", domain);
    facts.remove("servers", domain);
    return servers;
  },
});

function requireEmpty(domain: string, { accounts, aliases }: DomainUse): void {
  const some = (addresses: readonly SipAddress[], things: string, command: string) =>
    addresses.length === 0
      ? []
      : [
          `has ${things} (${addresses.map(formatSipAddress).join(", ")}, …; all of them: hermes ${command} --search '*@${domain}')`,
        ];
  const found = [
    ...some(accounts, "accounts", "user list"),
    ...some(aliases, "aliases", "alias list"),
  ];
  if (found.length === 0) return;
  throw failed("inuse", `${domain} ${found.join(" and ")}. Remove them first.`);
}

/** domain/set_servers: new accounts of the domain get them. Answers whether Kamailio has the domain. */
export const setServers = rule<{ domain: string; servers: DomainServers }, boolean>({
  locks: ["addresses"],
  asks: [
    (wanted) => {
      const domains = wanted.map(({ domain }) => domain);
      return { domains, serversOf: domains };
    },
  ],
  decide(facts, { domain, servers }) {
    facts.set("servers", domain, servers);
    return facts.has("domain", domain);
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
    facts.add("domain", domain, { did: domain });
    return true;
  },
});
