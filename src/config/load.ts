import { existsSync, readFileSync } from "node:fs";
import { hint } from "../model/closest";
import { parseDuration } from "../model/duration";
import { critical } from "../model/refusal";
import { systemReason } from "../model/system-reason";
import { CLASS_KEYS, readClasses } from "./classes";
import { AUTH_DEFAULTS, type Config, DATABASE_DEFAULTS, DEFAULTS } from "./config";
import { type DatabaseLocation, parseDatabaseUrl } from "./database-url";
import {
  type Environment,
  embeddedFile,
  kamctlFiles,
  SYSTEM_CONFIG_FILE,
  userConfigFile,
} from "./paths";
import { PHONE_KEYS, readPhones } from "./phones";
import type { SectionOf } from "./section";

/** The keys of the file, section by section, with what each must be. */
export const KEYS = {
  kamailio: { url: "string", rpc: "string" },
  provisioning: { url: "string" },
  defaults: { permission: "number", password_length: "number", quarantine: "string" },
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

type Section = keyof typeof KEYS;
type FileContents = { readonly [S in Section]?: SectionOf<(typeof KEYS)[S]> };

/**
 * The configuration: environment over file over defaults. `explicit` is the file that a flag names;
 * it must exist. Throws a Refusal (error/config) that names file and key.
 */
export async function loadConfig(env: Environment, explicit?: string): Promise<Config> {
  const file = configFile(env, explicit);
  const contents = file === undefined ? {} : await readConfigFile(file);
  const kamailioUrl = env.HERMES_KAMAILIO_URL || contents.kamailio?.url;
  const provisioningUrl = env.HERMES_PROVISIONING_URL || contents.provisioning?.url;
  if (kamailioUrl === undefined && provisioningUrl !== undefined) {
    throw critical("config", "provisioning.url is set, but kamailio.url is not. Set both.");
  }
  const kamailio = parseDatabaseUrl(kamailioUrl ?? `sqlite://${embeddedFile(env)}`);
  return {
    file,
    kamailio,
    provisioning:
      provisioningUrl === undefined ? besideKamailio(kamailio) : parseDatabaseUrl(provisioningUrl),
    embedded: kamailioUrl === undefined,
    kamctlrc:
      kamailioUrl === undefined ? kamctlFiles(env).findLast((path) => existsSync(path)) : undefined,
    rpc: contents.kamailio?.rpc,
    defaults: {
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
  [userConfigFile(env), SYSTEM_CONFIG_FILE].find((path) => existsSync(path));

/** Left out, the provisioning tables live in database `hermes` of the same server, or in the same file. */
export function besideKamailio(kamailio: DatabaseLocation): DatabaseLocation {
  return kamailio.kind === "sqlite" ? kamailio : { ...kamailio, database: "hermes" };
}

async function readConfigFile(file: string): Promise<FileContents> {
  const { parse, TomlError } = await import("smol-toml");
  let parsed: Record<string, unknown>;
  try {
    parsed = parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof TomlError)) {
      throw critical("config", `Can't read ${file}: ${systemReason(error)}.`);
    }
    const { line, column, message } = error;
    const why = message.split("\n")[0]?.replace(/^Invalid TOML document: /, "");
    throw critical("config", `${file}, line ${line}, column ${column}: ${why}.`);
  }
  for (const [section, keys] of Object.entries(parsed)) {
    const known: Record<string, string> | undefined = Object.hasOwn(KEYS, section)
      ? KEYS[section as Section]
      : undefined;
    if (known === undefined || typeof keys !== "object" || keys === null) {
      throw unknownKey(file, section, Object.keys(KEYS));
    }
    for (const [key, value] of Object.entries(keys)) {
      if (!Object.hasOwn(known, key))
        throw unknownKey(file, `${section}.${key}`, Object.keys(known));
      if ((Array.isArray(value) ? "list" : typeof value) !== known[key]) {
        throw critical("config", `${file}: ${section}.${key} must be a ${known[key]}.`);
      }
    }
  }
  return parsed as FileContents;
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

function authMode(mode: string | undefined): Config["auth"]["mode"] {
  if (mode === undefined) return AUTH_DEFAULTS.mode;
  if (mode === "trusted" || mode === "session") return mode;
  throw critical("config", 'auth.mode must be "trusted" or "session".');
}
