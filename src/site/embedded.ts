import type { Databases } from "../database/databases";
import { openStores } from "../store/stores";
import { defaultServers } from "./default-servers";
import { nextStep } from "./next-step";

/** Makes the embedded database, and domains with default servers in it. Changes nothing that exists. */
export function setUpEmbedded(
  databases: Databases,
  domains: readonly string[],
): Promise<{ domains: string[]; next: string }> {
  return databases.write(async (unit) => {
    const stores = openStores(unit);
    for (const domain of domains) {
      if (!(await stores.domains.has(domain))) await stores.domains.add(domain);
      if ((await stores.servers.find(domain)) === undefined) {
        await stores.servers.set(domain, defaultServers(domain));
      }
    }
    return { domains: await stores.domains.list(), next: await nextStep(stores) };
  });
}
