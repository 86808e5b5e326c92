import { existsSync, readFileSync } from "node:fs";
import { closest, hint } from "../model/closest";
import { parseDomain } from "../model/domain-name";
import { parseDuration } from "../model/duration";
import { quoted } from "../model/quoted";
import { isRecord } from "../model/record";
import { critical } from "../model/refusal";
import { systemReason } from "../model/system-reason";
import { CLASS_KEYS, readClasses } from "./classes";
import { AUTH_DEFAULTS, type Config, DATABASE_DEFAULTS, DEFAULTS } from "./config";
import { type DatabaseLocation, parseDatabaseUrl } from "./database-url";
import {
  type Environment,
  embeddedFile,
  kamctlFiles,
  systemConfigFile,
  userConfigFile,
} from "./paths";
import { PHONE_KEYS, readPhones } from "./phones";
import type { SectionOf } from "./section";
import { parseToml } from "./toml";

/** The keys of the file, section by section, with what each must be. */
export const KEYS = {
  kamailio: { url: "string", rpc: "string" },
  provisioning: { url: "string" },
  defaults: {
    domain: "string",
    permission: "number",
    password_length: "number",
    quarantine: "string",
  },
  auth: {
    mode: "string",
    key_lifetime: "number",
    session_lifetime: "number",
    session_max: "number",
  },
  database: { connect_timeout: "number", lock_timeout: "number", statement_timeout: "number" },
  classes: CLASS_KEYS,
  phones: PHONE_KEYS,
} as const;

export type SettingKind = "string" | "number" | "boolean" | "list";

/** What each setting must be, by its name: `auth.mode`. */
export const settings: Readonly<Record<string, SettingKind>> = Object.fromEntries(
  Object.entries(KEYS).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, kind]) => [`${section}.${key}`, kind]),
  ),
);

type Section = keyof typeof KEYS;

const SECTIONS = Object.keys(KEYS);

type FileContents = { readonly [S in Section]?: SectionOf<(typeof KEYS)[S]> };

/** A file: the sections of the host's one site or, by name, those of several. */
type WholeFile = FileContents & { sites?: Record<string, FileContents> };

/**
 * The configuration: environment over file over defaults. `explicit` is the file that a flag names;
 * it must exist, and `site` which of the file's sites it picks. Throws a Refusal (error/config) that
 * names file and key.
 */
export async function loadConfig(
  env: Environment,
  explicit?: string,
  site = siteOf(env),
): Promise<Config> {
  const file = configFile(env, explicit);
  const text = file === undefined ? "" : readConfigFile(file);
  return readConfig(text, { env, file, site });
}

/** The names of a file's sites. */
export async function sitesIn(file: string): Promise<string[]> {
  const { sites = {} } = await parseConfig(readConfigFile(file), file);
  return Object.keys(sites);
}

/** The site that the environment picks. */
export const siteOf = (env: Environment): string | undefined => env.HERMES_SITE || undefined;

interface Around {
  readonly env: Environment;
  /** Whence the text is. */
  readonly file: string | undefined;
  readonly site: string | undefined;
}

/** The configuration by a file's text. */
export async function readConfig(text: string, { env, file, site }: Around): Promise<Config> {
  const contents = ofSite(await parseConfig(text, file ?? "-"), { env, file, site });
  const kamailioUrl = env.HERMES_KAMAILIO_URL || contents.kamailio?.url;
  const provisioningUrl = env.HERMES_PROVISIONING_URL || contents.provisioning?.url;
  if (kamailioUrl === undefined && provisioningUrl !== undefined) {
    throw critical("config", "provisioning.url is set, but kamailio.url is not. Set both.");
  }
  if (kamailioUrl === undefined && site !== undefined) {
    throw critical("config", `${file}: sites.${site}.kamailio.url is missing.`);
  }
  const kamailio = parseDatabaseUrl(kamailioUrl ?? `sqlite://${embeddedFile(env)}`);
  return {
    file,
    site,
    kamailio,
    provisioning:
      provisioningUrl === undefined ? besideKamailio(kamailio) : parseDatabaseUrl(provisioningUrl),
    embedded: kamailioUrl === undefined,
    kamctlrc:
      kamailioUrl === undefined ? kamctlFiles(env).findLast((path) => existsSync(path)) : undefined,
    rpc: contents.kamailio?.rpc,
    defaults: {
      domain: defaultDomain(contents.defaults?.domain),
      permission: within(contents, "defaults", "permission", 0, 255) ?? DEFAULTS.permission,
      passwordLength:
        within(contents, "defaults", "password_length", 8, 64) ?? DEFAULTS.passwordLength,
      quarantine: quarantine(contents.defaults?.quarantine),
    },
    database: {
      connectTimeout:
        within(contents, "database", "connect_timeout", 1, 3600) ??
        DATABASE_DEFAULTS.connectTimeout,
      lockTimeout:
        within(contents, "database", "lock_timeout", 1, 3600) ?? DATABASE_DEFAULTS.lockTimeout,
      statementTimeout:
        within(contents, "database", "statement_timeout", 0, 86400) ??
        DATABASE_DEFAULTS.statementTimeout,
    },
    auth: {
      mode: authMode(contents.auth?.mode),
      keyLifetime: within(contents, "auth", "key_lifetime", 1, 86400) ?? AUTH_DEFAULTS.keyLifetime,
      sessionLifetime:
        within(contents, "auth", "session_lifetime", 1, 31536000) ?? AUTH_DEFAULTS.sessionLifetime,
      sessionMax: within(contents, "auth", "session_max", 1, 31536000) ?? AUTH_DEFAULTS.sessionMax,
    },
    classes: readClasses(contents.classes),
    phones: readPhones(contents.phones),
  };
}

/** The file that applies: the flag's, `$HERMES_CONFIG`, the user's, the system's; the first found. */
export function configFile(env: Environment, explicit?: string): string | undefined {
  const named = explicit ?? (env.HERMES_CONFIG || undefined);
  if (named !== undefined) {
    if (!existsSync(named)) throw critical("config", `There is no configuration file ${named}.`);
    return named;
  }
  return usualConfigFile(env);
}

/** The file that applies where none is named: the user's, or else the system's; the first found. */
export const usualConfigFile = (env: Environment): string | undefined =>
  [userConfigFile(env), systemConfigFile(env)].find((path) => existsSync(path));

/** Left out, the provisioning tables live in database `hermes` of the same server, or in the same file. */
export function besideKamailio(kamailio: DatabaseLocation): DatabaseLocation {
  return kamailio.kind === "sqlite" ? kamailio : { ...kamailio, database: "hermes" };
}

/** A file's text. Throws error/config where it can't be read. */
export function readConfigFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw critical("config", `Can't read ${file}: ${systemReason(error)}.`);
  }
}

async function parseConfig(text: string, file: string): Promise<WholeFile> {
  const parsed = await parseToml(text, file);
  const { sites = {}, ...own } = parsed;
  requireKnown(file, "", own, [...SECTIONS, "sites"]);
  if (!isRecord(sites)) throw critical("config", `${file}: sites must be a table.`);
  for (const [name, sections] of Object.entries(sites)) {
    if (!isRecord(sections)) throw critical("config", `${file}: sites.${name} must be a table.`);
    requireKnown(file, `sites.${name}.`, sections, SECTIONS);
  }
  return parsed as WholeFile;
}

/** Refuses sections and keys that are none, and values of another kind. */
function requireKnown(
  file: string,
  before: string,
  sections: Readonly<Record<string, unknown>>,
  names: string[],
): void {
  for (const [section, keys] of Object.entries(sections)) {
    const known: Record<string, string> | undefined = Object.hasOwn(KEYS, section)
      ? KEYS[section as Section]
      : undefined;
    if (known === undefined || !isRecord(keys)) throw unknownKey(file, before + section, names);
    for (const [key, value] of Object.entries(keys)) {
      const name = `${before}${section}.${key}`;
      if (!Object.hasOwn(known, key)) throw unknownKey(file, name, Object.keys(known));
      if ((Array.isArray(value) ? "list" : typeof value) !== known[key]) {
        throw critical("config", `${file}: ${name} must be a ${known[key]}.`);
      }
    }
  }
}

/** The sections that count: nothing of another site's. */
function ofSite(whole: WholeFile, { env, file, site }: Around): FileContents {
  const { sites = {}, ...own } = whole;
  if (site === undefined) return own;
  const chosen = Object.hasOwn(sites, site) ? sites[site] : undefined;
  if (chosen === undefined) throw noSite(site, file, Object.keys(sites));
  const stray = URLS.find((name) => env[name]);
  if (stray === undefined) return chosen;
  throw critical(
    "config",
    `The site ${site} is asked for, and ${stray} names another database. Unset one of them.`,
  );
}

const URLS = ["HERMES_KAMAILIO_URL", "HERMES_PROVISIONING_URL"];

function noSite(site: string, file: string | undefined, known: string[]) {
  const guess = closest(site, known);
  const hint =
    guess === undefined ? `Known: ${known.join(", ") || "none"}.` : `Did you mean ${guess}?`;
  return critical(
    "config",
    `${file ?? "No configuration file"} has no site ${quoted(site)}. ${hint}`,
  );
}

function unknownKey(file: string, name: string, known: string[]) {
  const meant = hint(name.split(".").at(-1) ?? name, known);
  return critical("config", `${file}: ${name} is no setting. ${meant}`);
}

function within(
  contents: FileContents,
  section: "defaults" | "auth" | "database",
  key: string,
  min: number,
  max: number,
) {
  const values: Readonly<Record<string, unknown>> = contents[section] ?? {};
  const value = values[key];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw critical("config", `${section}.${key} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}

function quarantine(text: string | undefined) {
  if (text === undefined) return DEFAULTS.quarantine;
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw critical("config", 'defaults.quarantine must be a length of time: "90d", "12h", "0d".');
}

function defaultDomain(domain: string | undefined): string | undefined {
  if (domain === undefined) return undefined;
  const parsed = parseDomain(domain);
  if (parsed !== undefined) return parsed;
  throw critical("config", `defaults.domain: ${quoted(domain)} is no domain name.`);
}

function authMode(mode: string | undefined): Config["auth"]["mode"] {
  if (mode === undefined) return AUTH_DEFAULTS.mode;
  if (mode === "trusted" || mode === "session") return mode;
  throw critical("config", 'auth.mode must be "trusted" or "session".');
}
