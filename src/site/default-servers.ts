import { SIP_PORT } from "../model/sip-port";
import type { DomainServers } from "../store/provisioning/servers";
import type { Stores } from "../store/stores";

/** The default servers that a domain gets where nobody has said better. */
export const defaultServers = (domain: string): DomainServers => ({
  registrar: domain,
  r_port: SIP_PORT,
  proxy: domain,
  p_port: SIP_PORT,
  prov_url: `https://${domain}/hermes/prov`,
});

/** Gives default servers to those of Kamailio's domains that lack them, and answers which. */
export async function setMissingServers({
  domains,
  servers,
}: Pick<Stores, "domains" | "servers">): Promise<string[]> {
  const known = await servers.all();
  const lacking = (await domains.list()).filter((domain) => !known.has(domain));
  for (const domain of lacking) await servers.set(domain, defaultServers(domain));
  return lacking;
}
