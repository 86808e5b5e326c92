import type { DatabaseLocation, MysqlLocation } from "../config/database-url";
import { besideKamailio } from "../config/load";
import { OPTIONAL_KAMAILIO_TABLES } from "../database/tables";
import { parseDomain } from "../model/domain-name";
import { critical, invalid } from "../model/refusal";
import { invalidParameters } from "../params/param";
import type { WantedAccess } from "./access";
import { type KamailioSite, sameDatabase } from "./kamailio-site";
import type { SiteFacts } from "./probe";
import type { SiteRequest } from "./request";
import type { Attendance } from "./source";

/** How Hermes comes to its two databases. */
export type Access =
  /** By logins that are there. Left out, provisioning is in Kamailio's file. */
  | {
      readonly how: "login";
      readonly kamailio: DatabaseLocation;
      readonly provisioning: DatabaseLocation | undefined;
    }
  /** By a user of its own that one of the administrators makes, else by Kamailio's own login. */
  | {
      readonly how: "user";
      readonly kamailio: MysqlLocation;
      readonly wanted: WantedAccess;
      readonly administrators: readonly MysqlLocation[];
    };

/** What a person is asked before anything is done. */
export type Question =
  /** Whether the configuration file may be changed. */
  | "replace"
  /** Whether a MySQL user and a database may be made. */
  | "user"
  /** Who may make them. */
  | "administrator"
  /** Which domain an empty table is to get. */
  | "domain";

/** What is going to be done. */
export interface Plan {
  readonly kamailio: KamailioSite;
  readonly file: string;
  /** Which of its sites is meant; undefined for its only one. */
  readonly site: string | undefined;
  /** What the configuration is to say of the databases; left out, it stays as it is. */
  readonly config: { readonly access: Access; readonly rpc: string | undefined } | undefined;
  /** Domains that Kamailio's table lacks. */
  readonly domains: readonly string[];
  readonly questions: readonly Question[];
}

/**
 * What has to be done to set a site up. `password` is the new user's, should one be made. Refuses
 * what was asked for and can't be done, and what nobody is there to say yes to.
 */
export function plan(
  request: Pick<SiteRequest, "domains" | "rpc" | "site">,
  facts: SiteFacts,
  { interactive, yes }: Attendance,
  password: string,
): Plan {
  const { around, source, kamailio } = facts;
  const asks = interactive && !yes;
  const questions: Question[] = [];
  let config: Plan["config"];
  if (!isSetUp(facts)) {
    const access = accessTo(facts, password);
    if (around.unwritable !== undefined) throw critical("config", around.unwritable);
    if (around.exists && !yes) {
      if (!interactive) throw mayNotReplace(around.file);
      questions.push("replace");
    }
    if (access.how === "user" && asks) {
      questions.push("user");
      if (access.administrators.length === 0) questions.push("administrator");
    }
    config = { access, rpc: request.rpc ?? source.rpc ?? around.rpc };
  }
  let domains = request.domains.filter((domain) => !kamailio.domains.includes(domain));
  if (request.domains.length === 0 && kamailio.domains.length === 0) {
    domains = [parseDomain(source.domain ?? "")].filter((domain) => domain !== undefined);
    if (asks) questions.push("domain");
  }
  return { kamailio, file: around.file, site: request.site, config, domains, questions };
}

export const mayNotReplace = (file: string) =>
  invalid(
    "confirmation",
    `${file} is there already. Change it with --yes, or write another: --write FILE.`,
  );

/** Whether a configuration is of the site already, and of the provisioning database that is asked for. */
function isSetUp({ around: { config, logins }, kamailio }: SiteFacts): boolean {
  if (config === undefined || !sameDatabase(config.kamailio, kamailio.location)) return false;
  const { provisioning } = logins;
  return provisioning === undefined || sameDatabase(config.provisioning, provisioning);
}

function accessTo(facts: SiteFacts, password: string): Access {
  const { location } = facts.kamailio;
  const { provisioning: named } = facts.around.logins;
  if (location.kind === "sqlite") {
    if (named !== undefined && !sameDatabase(named, location)) {
      throw invalidParameters(
        "On SQLite the provisioning tables live in Kamailio's file: leave --provisioning-url out.",
      );
    }
    return { how: "login", kamailio: location, provisioning: undefined };
  }
  if (named?.kind === "sqlite") {
    throw invalidParameters("--provisioning-url must be on Kamailio's own server.");
  }
  if (named !== undefined && named.password !== "") {
    const own = { ...named, database: location.database };
    const kamailio = facts.namedLoginReads ? own : location;
    return { how: "login", kamailio, provisioning: named };
  }
  const wanted: WantedAccess = {
    user: named?.user || "hermes",
    host: facts.clientHost,
    password,
    kamailio: location.database,
    provisioning: named?.database ?? (besideKamailio(location) as MysqlLocation).database,
    without: OPTIONAL_KAMAILIO_TABLES.filter((table) => !(table in facts.kamailio.versions)),
  };
  return { how: "user", kamailio: location, wanted, administrators: facts.administrators };
}
