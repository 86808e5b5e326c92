import { embeddedFile } from "../../config/paths";
import { answer } from "../../model/envelope";
import { critical } from "../../model/refusal";
import { domainList } from "../../params/domain-list";
import { invalidParameters } from "../../params/param";
import { toggle } from "../../params/types";
import { openStores } from "../../store/stores";
import { command } from "../command";

/** The default servers that a new domain of the embedded database gets. */
export const embeddedServers = (domain: string) => ({
  registrar: domain,
  r_port: 5060,
  proxy: domain,
  p_port: 5060,
  prov_url: `https://${domain}/hermes/prov`,
});

export const init = command({
  path: ["init"],
  summary: "Set Hermes up",
  description:
    "With --embedded: makes the embedded database and adds the domains, each with default servers. Running it again changes nothing that exists.",
  params: {
    embedded: toggle("use the embedded database, one SQLite file"),
    domain: domainList("a domain to serve; may be given several times"),
  },
  examples: [{ command: "hermes init --embedded --domain example.org" }],
  async run(cli, { embedded, domain: domains = [] }) {
    if (!embedded)
      throw invalidParameters(
        "Give --embedded. Example: hermes init --embedded --domain example.org",
      );
    const hermes = await cli.hermes();
    if (hermes.config.kamailio.kind !== "sqlite") {
      throw critical(
        "config",
        `The configuration names another database, not the embedded one. Without it: ${embeddedFile(cli.io.env)}`,
      );
    }
    const databases = await hermes.open();
    const list = await databases.write(async (unit) => {
      const stores = openStores(unit);
      for (const domain of domains) {
        if (!(await stores.domains.has(domain))) await stores.domains.add(domain);
        if ((await stores.servers.find(domain)) === undefined) {
          await stores.servers.set(domain, embeddedServers(domain));
        }
      }
      return stores.domains.list();
    });
    return answer({
      config: hermes.config.file ?? null,
      database: hermes.config.kamailio.file,
      domains: list,
    });
  },
});
