import type { Config } from "../config/config";
import {
  type DatabaseLocation,
  formatDatabaseUrl,
  type MysqlLocation,
} from "../config/database-url";
import { loadConfig } from "../config/load";
import { Hermes } from "../hermes";
import type { Fields } from "../model/envelope";
import { failed, Refusal } from "../model/refusal";
import { carryOut } from "../rules/carry-out";
import { provideServers } from "../rules/domains";
import { account, byHand, createAccess } from "./access";
import { writeConfigFile } from "./config-file";
import { addDomain } from "./kamailio-site";
import { nextStep } from "./next-step";
import type { Access, Plan } from "./plan";

type Say = (text: string) => void;

/** Does what was planned, and answers what came of it. */
export async function apply(
  { kamailio, file, site, config, domains }: Plan,
  say: Say,
): Promise<Fields> {
  let created: string[] = [];
  if (config !== undefined) {
    const opened = await open(config.access, say);
    created = opened.created;
    await writeConfigFile(file, { ...opened, rpc: config.rpc }, site);
  }
  const written = await loadConfig({}, file, site);
  const writers = [kamailio.location, written.kamailio];
  for (const domain of domains) await addTo(writers, domain, say);
  const { next, ...done } = await withHermes(written, finish);
  return {
    config: file,
    kamailio: formatDatabaseUrl(written.kamailio),
    database: formatDatabaseUrl(written.provisioning),
    ...done,
    versions: kamailio.versions,
    created,
    next,
  };
}

interface Opened {
  readonly kamailio: DatabaseLocation;
  readonly provisioning: DatabaseLocation | undefined;
  /** What was made for it. */
  readonly created: string[];
}

async function open(access: Access, say: Say): Promise<Opened> {
  if (access.how === "login") {
    return { kamailio: access.kamailio, provisioning: access.provisioning, created: [] };
  }
  const { kamailio, wanted, administrators } = access;
  for (const administrator of administrators) {
    if (!(await createAccess(administrator, wanted))) {
      say(`${formatDatabaseUrl(administrator)} may not create users and databases.`);
      continue;
    }
    const { user, password, provisioning } = wanted;
    return {
      kamailio: { ...kamailio, user, password },
      provisioning: { ...kamailio, user, password, database: provisioning },
      created: [`user ${account(wanted)}`, `database ${provisioning}`],
    };
  }
  return withWhatThereIs(access, say);
}

/** No user of our own: Kamailio's login does where it reaches the provisioning database. */
async function withWhatThereIs(
  { kamailio, wanted }: Extract<Access, { how: "user" }>,
  say: Say,
): Promise<Opened> {
  const provisioning: MysqlLocation = { ...kamailio, database: wanted.provisioning };
  const { text, sql, command } = byHand(wanted, kamailio);
  say(`${text}\nand then: ${command}\n`);
  const config = await loadConfig({
    HERMES_CONFIG: "/dev/null",
    HERMES_KAMAILIO_URL: formatDatabaseUrl(kamailio, true),
    HERMES_PROVISIONING_URL: formatDatabaseUrl(provisioning, true),
  });
  await withHermes(config, async (hermes) => {
    try {
      await hermes.owner.migrate();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw failed(
        "rights",
        `${formatDatabaseUrl(kamailio)} may not make database ${wanted.provisioning}, and nobody is known who may. Give --admin-url mysql://root:PASSWORD@${kamailio.host}:${kamailio.port}/, or have the SQL run that was printed. (${hermes.refusal(error).detail})`,
        { sql },
      );
    }
  });
  say(`Going on as ${kamailio.user}, whose rights suffice.`);
  return { kamailio, provisioning, created: [] };
}

/** Adds a domain to Kamailio's table, as the first login that may. */
async function addTo(
  writers: readonly DatabaseLocation[],
  domain: string,
  say: Say,
): Promise<void> {
  let last: unknown;
  for (const writer of writers) {
    try {
      await addDomain(writer, domain);
      say(
        `Added ${domain} to Kamailio's table domain. A running Kamailio must be told: kamcmd domain.reload`,
      );
      return;
    } catch (error) {
      last = error;
    }
  }
  throw failed(
    "dbfail",
    `Can't add ${domain} to Kamailio's table domain: ${last instanceof Error ? last.message : last}. Add it there: kamctl domain add ${domain}`,
  );
}

/** Makes the tables, and default servers for the domains that lack them. */
async function finish({ owner }: Hermes) {
  const migrated = await owner.migrate();
  const audit = { node: "init", subject: "" };
  return owner.write(provideServers.locks, audit, async (stores) => {
    const domains = await stores.domains.list();
    const provided = await carryOut(stores, provideServers, domains);
    const servers_set = domains.filter((_, index) => provided[index] === true);
    return { domains, servers_set, migrated, next: await nextStep(stores, domains) };
  });
}

/** Runs `body` on the databases of a configuration; what goes wrong there is a Refusal. */
async function withHermes<T>(config: Config, body: (hermes: Hermes) => Promise<T>): Promise<T> {
  const hermes = new Hermes(config);
  try {
    return await body(hermes);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { response, cause, detail } = hermes.refusal(error);
    throw new Refusal(response as "failed" | "error", String(cause), String(detail));
  } finally {
    await hermes.close();
  }
}
