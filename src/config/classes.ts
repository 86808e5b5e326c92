import { isNumberGlob } from "../model/number-glob";
import { critical } from "../model/refusal";
import type { SectionOf } from "./section";

/** The section `[classes]`: what tells one kind of call from another. Numbers are globs: `+4782*`. */
export interface ClassSettings {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Dialled before a number abroad; left out, the country's. */
  readonly internationalPrefix: string | undefined;
  /** Dialled before a number within the country, "" for none; left out, the country's. */
  readonly nationalPrefix: string | undefined;
  readonly emergencyAlways: boolean;
  /** The numbers that the site owns. */
  readonly own: readonly string[];
  /** Left out, the country's. */
  readonly emergency: readonly string[] | undefined;
  /** Numbers of a class whatever the country's plan says. */
  readonly numbers: { readonly [C in ListedClass]: readonly string[] };
}

export type ListedClass = "INTERNAL" | "NATIONAL" | "SERVICES" | "INTERNATIONAL" | "OTHERS";

// The example Kamailio's.
const DEFAULT_COUNTRY = "NO";

/** The section's keys, with what each must be. */
export const CLASS_KEYS = {
  country: "string",
  international_prefix: "string",
  national_prefix: "string",
  emergency_always: "boolean",
  own: "list",
  emergency: "list",
  internal: "list",
  national: "list",
  services: "list",
  international: "list",
  others: "list",
} as const;

export type ClassSection = SectionOf<typeof CLASS_KEYS>;

/** Throws error/config that names the key. */
export function readClasses(section: ClassSection = {}): ClassSettings {
  const numbers = (key: "own" | "emergency" | Lowercase<ListedClass>) =>
    section[key]?.map((number) => {
      if (typeof number === "string" && isNumberGlob(number)) return number;
      throw critical(
        "config",
        `classes.${key}: ${JSON.stringify(number)} is no number. Give digits, ? for any one digit, * at the end for any that follow, all in quotes: "+4782*".`,
      );
    });
  const prefix = (key: "international_prefix" | "national_prefix") => {
    const digits = section[key];
    if (digits === undefined || /^\d{0,5}$/.test(digits)) return digits;
    throw critical("config", `classes.${key} must be at most five digits, or "" for none.`);
  };
  return {
    country: section.country?.toUpperCase() ?? DEFAULT_COUNTRY,
    internationalPrefix: prefix("international_prefix"),
    nationalPrefix: prefix("national_prefix"),
    emergencyAlways: section.emergency_always ?? false,
    own: numbers("own") ?? [],
    emergency: numbers("emergency"),
    numbers: {
      INTERNAL: numbers("internal") ?? [],
      NATIONAL: numbers("national") ?? [],
      SERVICES: numbers("services") ?? [],
      INTERNATIONAL: numbers("international") ?? [],
      OTHERS: numbers("others") ?? [],
    },
  };
}
