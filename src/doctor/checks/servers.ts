import { provideServers } from "../../rules/domains";
import { type DataCheck, mendAll } from "../finding";

/** Whether every domain has default servers for phones. */
export const servers: DataCheck = {
  name: "servers",
  async *find(stores) {
    const known = await stores.servers.all();
    for (const domain of await stores.domains.list()) {
      if (known.has(domain)) continue;
      yield {
        severity: "warning",
        subject: domain,
        detail: "The domain has no default servers: no account can be added to it.",
        fix: `hermes domain set-servers ${domain} …`,
      };
    }
  },
  mend: mendAll(
    "Set default servers (registrar and proxy = the domain) where a domain has none",
    provideServers,
    async function* ({ domains }) {
      yield await domains.list();
    },
  ),
};
