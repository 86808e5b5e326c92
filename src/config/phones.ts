import { isAbsolute } from "node:path";
import { CODECS, type Codec, TRANSPORTS, type Transport } from "../model/phone";
import { critical } from "../model/refusal";
import type { SectionOf } from "./section";

/** The section `[phones]`: what all phones of a site are told, and where their files are served. */
export interface PhoneConfig {
  /** The folder of the site's own vendors. */
  readonly templates: string | undefined;
  /** The folder that phones fetch their files from. */
  readonly out: string | undefined;
  /** A name of the time zone database; left out, phones keep theirs. */
  readonly timeZone: string | undefined;
  /** The one that is liked best comes first. */
  readonly codecs: readonly Codec[];
  readonly transport: Transport;
}

export const PHONE_DEFAULTS: PhoneConfig = {
  templates: undefined,
  out: undefined,
  timeZone: undefined,
  codecs: ["G722", "PCMA", "PCMU"],
  transport: "udp",
};

/** The section's keys, with what each must be. */
export const PHONE_KEYS = {
  templates: "string",
  out: "string",
  time_zone: "string",
  codecs: "list",
  transport: "string",
} as const;

type PhoneSection = SectionOf<typeof PHONE_KEYS>;

/** Throws error/config that names the key. */
export function readPhones(section: PhoneSection = {}): PhoneConfig {
  return {
    templates: folder("templates", section.templates),
    out: folder("out", section.out),
    timeZone: timeZone(section.time_zone),
    codecs: section.codecs === undefined ? PHONE_DEFAULTS.codecs : codecs(section.codecs),
    transport: transport(section.transport),
  };
}

function folder(key: string, path: string | undefined): string | undefined {
  // Cron starts programs in another folder than a shell.
  if (path === undefined || isAbsolute(path)) return path;
  throw critical("config", `phones.${key} must be a whole path: "/srv/phones".`);
}

function timeZone(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    throw critical("config", `phones.time_zone: there is no "${name}". Example: "Europe/Berlin".`);
  }
}

function codecs(names: readonly unknown[]): Codec[] {
  const found = names.map((name) =>
    CODECS.find((codec) => codec.toLowerCase() === String(name).toLowerCase()),
  );
  const distinct = new Set(found);
  if (found.length > 0 && distinct.size === found.length && !distinct.has(undefined)) {
    return found as Codec[];
  }
  throw critical(
    "config",
    `phones.codecs must be a list of some of ${CODECS.join(", ")}, each once.`,
  );
}

function transport(name = PHONE_DEFAULTS.transport as string): Transport {
  const found = TRANSPORTS.find((each) => each === name.toLowerCase());
  if (found !== undefined) return found;
  throw critical("config", `phones.transport must be one of ${TRANSPORTS.join(", ")}.`);
}
