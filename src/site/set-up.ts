import { existsSync } from "node:fs";
import type { Config } from "../config/config";
import {
  type DatabaseLocation,
  formatDatabaseUrl,
  type MysqlLocation,
  parseDatabaseUrl,
} from "../config/database-url";
import { besideKamailio, loadConfig } from "../config/load";
import type { Environment } from "../config/paths";
import { Hermes } from "../hermes";
import { RPC_EXAMPLE } from "../kamailio-rpc/rpc";
import { parseDomain } from "../model/domain-name";
import type { Fields } from "../model/envelope";
import { generatePassword } from "../model/password";
import { failed, invalid, Refusal } from "../model/refusal";
import { invalidParameters } from "../params/param";
import { openStores } from "../store/stores";
import {
  accessStatements,
  createAccess,
  currentHost,
  socketRoot,
  type WantedAccess,
} from "./access";
import { configTarget, writeConfigFile } from "./config-file";
import { setMissingServers } from "./default-servers";
import { type FoundSite, findSites } from "./found-site";
import { addDomain, adminUrl, inspect, type KamailioSite, sameDatabase } from "./kamailio-site";
import type { Wizard } from "./wizard";

/** How a site is to be set up, as far as it was said. */
export interface SiteRequest {
  readonly env: Environment;
  /** The configuration file to write. */
  readonly file: string | undefined;
  readonly kamctlrc: string | undefined;
  readonly kamailioUrl: string | undefined;
  /** Where the password is left out, the user and the database are to be made. */
  readonly provisioningUrl: string | undefined;
  readonly adminUrl: string | undefined;
  readonly domains: readonly string[];
  readonly rpc: string | undefined;
}

const PASSWORD_LENGTH = 24;

/**
 * Sets Hermes up beside a Kamailio that exists: finds its database, gives itself access and a
 * database of its own, writes the configuration, makes the tables and the domains' default
 * servers. Done again, it changes nothing that exists.
 */
export async function setUpSite(request: SiteRequest, wizard: Wizard): Promise<Fields> {
  const target = configTarget(request.env, request.file);
  const found = await source(request, target, wizard);
  const site = await inspect(found.kamailio);
  describe(site, found.source, wizard);

  const existing = await existingConfig(target);
  let created: string[] = [];
  const keep = existing !== undefined && isOf(existing, site.location, request);
  if (!keep) {
    await mayReplace(target, wizard);
    const access = await openAccess(request, { ...found, kamailio: site.location }, wizard);
    created = access.created;
    const rpc = request.rpc ?? found.rpc ?? (existsSync(RPC_SOCKET) ? RPC_EXAMPLE : undefined);
    await writeConfigFile(target, { ...access, rpc });
  }

  const config = await loadConfig({ HOME: request.env.HOME }, target);
  const wanted = await wantedDomains(request, found, site, wizard);
  const writers = [site.location, config.kamailio];
  for (const domain of wanted) await addMissing(domain, writers, site, wizard);
  return { config: target, ...(await finish(config)), versions: site.versions, created };
}

const RPC_SOCKET = RPC_EXAMPLE.replace("unix:", "");

/** Whose database it is: as flags say, as the configuration has it, as another tool's files say, as the person says. */
async function source(
  { env, kamctlrc, kamailioUrl }: SiteRequest,
  target: string,
  wizard: Wizard,
): Promise<FoundSite> {
  const url = kamailioUrl ?? (kamctlrc === undefined ? env.HERMES_KAMAILIO_URL : undefined);
  if (url) return { source: "as given", kamailio: parseDatabaseUrl(url) };
  if (kamctlrc === undefined) {
    const existing = await existingConfig(target);
    if (existing !== undefined) return { source: target, kamailio: existing.kamailio };
  }
  const sites = findSites(env, kamctlrc);
  if (wizard.interactive && !wizard.yes) {
    const other = { name: "another database", value: "other" as const };
    const choices = sites.map((site) => ({
      name: `${shown(site.kamailio)}  (${site.source})`,
      value: site,
    }));
    const chosen =
      sites.length === 0
        ? undefined
        : await wizard.choose<FoundSite | "other">("Kamailio's database", [...choices, other]);
    if (chosen !== undefined && chosen !== "other") return chosen;
    const typed = await wizard.text(
      "Kamailio's database, as in its own db_url",
      "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio",
    );
    return { source: "as typed", kamailio: parseDatabaseUrl(typed) };
  }
  const [first, ...others] = sites;
  if (first === undefined) {
    throw invalidParameters(
      "Found no kamctlrc and no kamcli.ini that names a database. Give --kamailio-url mysql://USER:PASSWORD@HOST:3306/kamailio, or --kamctlrc FILE, or --embedded.",
    );
  }
  if (kamctlrc === undefined && !wizard.yes) {
    throw invalid(
      "confirmation",
      `${first.source} names ${shown(first.kamailio)}. Take it with --yes, or name another with --kamailio-url or --kamctlrc.`,
    );
  }
  for (const other of others) {
    if (!sameDatabase(first.kamailio, other.kamailio)) {
      wizard.say(`Passed over ${shown(other.kamailio)}, which ${other.source} names.`);
    }
  }
  return first;
}

/** The configuration that stands in a file, whatever the environment says. */
async function existingConfig(file: string): Promise<Config | undefined> {
  if (!existsSync(file)) return undefined;
  const config = await loadConfig({}, file);
  return config.embedded ? undefined : config;
}

/** Whether a configuration is of the site already, and of the provisioning database that is asked for. */
function isOf(
  { kamailio, provisioning }: Config,
  location: DatabaseLocation,
  { provisioningUrl }: SiteRequest,
): boolean {
  if (!sameDatabase(kamailio, location)) return false;
  return (
    provisioningUrl === undefined || sameDatabase(provisioning, parseDatabaseUrl(provisioningUrl))
  );
}

function describe({ location, versions }: KamailioSite, from: string, wizard: Wizard): void {
  const list = Object.entries(versions).map(([table, version]) => `${table} ${version}`);
  wizard.say(`Kamailio's database is ${shown(location)} (${from}).`);
  wizard.say(`Its table versions: ${list.join(", ")}.`);
}

async function mayReplace(target: string, wizard: Wizard): Promise<void> {
  if (!existsSync(target)) return;
  const question = `Change the databases in ${target}?`;
  if (wizard.yes || (wizard.interactive && (await wizard.confirm(question)))) return;
  throw invalid(
    "confirmation",
    `${target} is there already. Change it with --yes, or write another: --write FILE.`,
  );
}

interface OpenedAccess {
  readonly kamailio: DatabaseLocation;
  readonly provisioning: DatabaseLocation | undefined;
  readonly created: string[];
}

/** The databases as the configuration is to have them, with the user and the database that takes. */
async function openAccess(
  request: SiteRequest,
  found: FoundSite,
  wizard: Wizard,
): Promise<OpenedAccess> {
  const { kamailio } = found;
  const url = request.provisioningUrl ?? (request.env.HERMES_PROVISIONING_URL || undefined);
  const given = url === undefined ? undefined : parseDatabaseUrl(url);
  if (kamailio.kind === "sqlite") {
    if (given !== undefined && !sameDatabase(given, kamailio)) {
      throw invalidParameters(
        "On SQLite the provisioning tables live in Kamailio's file: leave --provisioning-url out.",
      );
    }
    return { kamailio, provisioning: undefined, created: [] };
  }
  if (given?.kind === "sqlite") {
    throw invalidParameters("--provisioning-url must be on Kamailio's own server.");
  }
  const beside = besideKamailio(kamailio) as MysqlLocation;
  if (given !== undefined && given.password !== "") {
    const own = { ...given, database: kamailio.database };
    const sees = await inspect(own).then(
      () => true,
      () => false,
    );
    return { kamailio: sees ? own : kamailio, provisioning: given, created: [] };
  }
  const wanted: WantedAccess = {
    user: given?.user || "hermes",
    host: await currentHost(kamailio),
    password: generatePassword(PASSWORD_LENGTH),
    kamailio: kamailio.database,
    provisioning: given?.database ?? beside.database,
  };
  if (await makeAccess(request, found, kamailio, wanted, wizard)) {
    const { user, password } = wanted;
    return {
      kamailio: { ...kamailio, user, password },
      provisioning: { ...kamailio, user, password, database: wanted.provisioning },
      created: [`user '${user}'@'${wanted.host}'`, `database ${wanted.provisioning}`],
    };
  }
  return withWhatThereIs(kamailio, wanted, wizard);
}

/** Tries everybody who may be allowed to; answers whether it is done. */
async function makeAccess(
  request: SiteRequest,
  found: FoundSite,
  kamailio: MysqlLocation,
  wanted: WantedAccess,
  wizard: Wizard,
): Promise<boolean> {
  const question = `Create MySQL user '${wanted.user}'@'${wanted.host}' with the rights Hermes needs, and database ${wanted.provisioning}?`;
  if (wizard.interactive && !wizard.yes && !(await wizard.confirm(question))) return false;
  if (request.adminUrl !== undefined) {
    const admin = parseDatabaseUrl(adminUrl(request.adminUrl));
    if (admin.kind === "sqlite") throw invalidParameters("--admin-url must be a MySQL URL.");
    if (await createAccess(admin, wanted)) return true;
    wizard.say(`${shown(admin)} may not create users and databases.`);
    return false;
  }
  const candidates = [found.admin, kamailio, ...socketRoot(kamailio)];
  for (const admin of candidates) {
    if (admin !== undefined && (await createAccess(admin, wanted))) return true;
  }
  if (!wizard.interactive || wizard.yes) return false;
  const user = await wizard.text(
    "Nobody known so far may do that. The MySQL administrator's name",
    "root",
  );
  const password = await wizard.secret(`Password of ${user} (empty: go on without)`);
  return password !== "" && createAccess({ ...kamailio, user, password }, wanted);
}

/** No user of our own: the site's credentials do where they reach the provisioning database. */
async function withWhatThereIs(
  kamailio: MysqlLocation,
  wanted: WantedAccess,
  wizard: Wizard,
): Promise<OpenedAccess> {
  const provisioning = { ...kamailio, database: wanted.provisioning };
  const sql = accessStatements(wanted).map((statement) => `${statement};`);
  const { user, password, host: _ } = wanted;
  const own = formatDatabaseUrl({ ...provisioning, user, password }, true);
  wizard.say(
    [
      `Have an administrator of the database run this, to give Hermes a user with no more rights than it needs:`,
      "",
      ...sql.map((statement) => `  ${statement}`),
      "",
      `and then: hermes init --provisioning-url '${own}'`,
      "",
    ].join("\n"),
  );
  const config = await configOn(kamailio, provisioning);
  const hermes = new Hermes(config);
  try {
    await (await hermes.open()).migrate();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw failed(
      "rights",
      `${shown(kamailio)} may not make database ${wanted.provisioning}, and nobody is known who may. Give --admin-url mysql://root:PASSWORD@${kamailio.host}:${kamailio.port}/, or have the SQL run that was printed. (${(await hermes.refusal(error)).detail})`,
      { sql },
    );
  } finally {
    await hermes.close();
  }
  wizard.say(`Going on as ${kamailio.user}, whose rights suffice.`);
  return { kamailio, provisioning, created: [] };
}

const configOn = (kamailio: DatabaseLocation, provisioning: DatabaseLocation) =>
  loadConfig({
    HERMES_CONFIG: "/dev/null",
    HERMES_KAMAILIO_URL: formatDatabaseUrl(kamailio, true),
    HERMES_PROVISIONING_URL: formatDatabaseUrl(provisioning, true),
  });

/** The domains that are asked for; the site's own one where Kamailio has none at all. */
async function wantedDomains(
  { domains }: SiteRequest,
  found: FoundSite,
  site: KamailioSite,
  wizard: Wizard,
): Promise<readonly string[]> {
  if (domains.length > 0 || site.domains.length > 0) return domains;
  const own = parseDomain(found.domain ?? "");
  if (!wizard.interactive || wizard.yes) return own === undefined ? [] : [own];
  const typed = await wizard.text(
    "Kamailio's table domain is empty. The domain to add (empty: none)",
    own,
  );
  const domain = parseDomain(typed);
  return domain === undefined ? [] : [domain];
}

async function addMissing(
  domain: string,
  writers: readonly DatabaseLocation[],
  site: KamailioSite,
  wizard: Wizard,
): Promise<void> {
  if (site.domains.includes(domain)) return;
  let last: unknown;
  for (const writer of writers) {
    try {
      await addDomain(writer, domain);
      wizard.say(
        `Added ${domain} to Kamailio's table domain. A running Kamailio must be told: kamcmd domain.reload`,
      );
      return;
    } catch (error) {
      last = error;
    }
  }
  throw failed(
    "dbfail",
    `Can't add ${domain} to Kamailio's table domain: ${(last as { sqlMessage?: string }).sqlMessage ?? last}. Add it there: kamctl domain add ${domain}`,
  );
}

/** Makes the tables, and default servers for the domains that lack them. */
async function finish(config: Config): Promise<Fields> {
  const hermes = new Hermes(config);
  try {
    const databases = await hermes.open();
    const migrated = await databases.migrate();
    const { domains, set } = await databases.write(async (unit) => {
      const stores = openStores(unit);
      return { set: await setMissingServers(stores), domains: await stores.domains.list() };
    });
    return {
      kamailio: shown(config.kamailio),
      database: shown(config.provisioning),
      domains,
      servers_set: set,
      migrated,
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { response, cause, detail } = hermes.refusal(error);
    throw new Refusal(response as "failed" | "error", String(cause), String(detail));
  } finally {
    await hermes.close();
  }
}

const shown = (location: DatabaseLocation) => formatDatabaseUrl(location);
