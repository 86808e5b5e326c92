import type { MetadataJson } from "libphonenumber-js/core";
import { critical } from "../model/refusal";
import type { CallClass } from "./call-classes";

/** How a country's numbers are made and dialled, in patterns for JavaScript and POSIX alike. */
export interface NumberingPlan {
  readonly country: string;
  readonly callingCode: string;
  /** Dialled before a number abroad; undefined where there are several or none. */
  readonly internationalPrefix: string | undefined;
  /** Dialled before a number within the country; undefined where there is none. */
  readonly nationalPrefix: string | undefined;
  /** A whole number without its calling code. */
  readonly national: string;
  /** The first digits that tell the country among those of its calling code. */
  readonly leadingDigits: string | undefined;
  /** In the order in which libphonenumber asks; the first that matches is a number's kind. */
  readonly kinds: readonly (Kind & { readonly pattern: string; readonly shortest: number })[];
}

/** Where things stand in the metadata of a country. What is missing is 0 there. */
const FIELD = {
  callingCode: 0,
  internationalPrefix: 1,
  national: 2,
  lengths: 3,
  nationalPrefix: 5,
  leadingDigits: 10,
  kinds: 11,
  preferredPrefix: 12,
} as const;

/** A kind of number, and the class of a call to it from within its country. */
interface Kind {
  readonly name: string;
  readonly class: CallClass;
}

/** With the place of each in the metadata's list of kinds. */
const KINDS: readonly (Kind & { readonly at: number })[] = [
  { at: 0, name: "a fixed line", class: "NATIONAL" },
  { at: 1, name: "a mobile number", class: "NATIONAL" },
  { at: 3, name: "a premium rate number", class: "SERVICES" },
  { at: 2, name: "a toll-free number", class: "NATIONAL" },
  { at: 9, name: "a shared cost number", class: "SERVICES" },
  { at: 8, name: "a VoIP number", class: "NATIONAL" },
  { at: 4, name: "a personal number", class: "SERVICES" },
  { at: 7, name: "a pager", class: "SERVICES" },
  { at: 6, name: "a company's service number", class: "SERVICES" },
  { at: 5, name: "a voicemail number", class: "SERVICES" },
];

/** Apart in libphonenumber, at home in the telephone network. */
const TERRITORIES: Record<string, readonly string[]> = {
  AU: ["CC", "CX"],
  FI: ["AX"],
  IT: ["VA"],
  NO: ["SJ"],
};

/** The numbering plans of the world, seen from one country. */
export interface Plans {
  readonly home: NumberingPlan;
  readonly territories: readonly NumberingPlan[];
  /** Other countries with the same calling code. */
  readonly neighbours: readonly NumberingPlan[];
  /** The calling codes of all other countries; satellites and other networks without one are not among them. */
  readonly abroad: readonly string[];
}

/**
 * The plans out of libphonenumber's metadata
 * (https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md).
 * Throws error/config for what is no country (ISO 3166-1 alpha-2).
 */
export async function numberingPlans(country: string): Promise<Plans> {
  const { default: metadata } = await import("libphonenumber-js/max/metadata");
  const home = planOf(metadata, country);
  if (home === undefined) {
    throw critical(
      "config",
      `classes.country: "${country}" is no country. Give its two letters, such as "NO".`,
    );
  }
  const codes = metadata.country_calling_codes;
  const territories = TERRITORIES[country] ?? [];
  const others = (codes[home.callingCode] ?? []).filter((other) => other !== country);
  const plans = (names: readonly string[]) =>
    names.map((name) => planOf(metadata, name)).filter((plan) => plan !== undefined);
  return {
    home,
    territories: plans(territories),
    neighbours: plans(others.filter((other) => !territories.includes(other))),
    abroad: Object.keys(codes).filter((code) => code !== home.callingCode),
  };
}

function planOf(metadata: MetadataJson, country: string): NumberingPlan | undefined {
  if (!Object.hasOwn(metadata.countries, country)) return undefined;
  const plan = metadata.countries[country as keyof MetadataJson["countries"]] ?? [];
  const prefixes = [plan[FIELD.internationalPrefix], plan[FIELD.preferredPrefix] || ""];
  const leadingDigits = plan[FIELD.leadingDigits];
  return {
    country,
    callingCode: plan[FIELD.callingCode],
    internationalPrefix: prefixes.find((prefix) => /^\d+$/.test(prefix)),
    nationalPrefix: plan[FIELD.nationalPrefix] || undefined,
    national: posix(plan[FIELD.national]),
    leadingDigits: leadingDigits ? posix(leadingDigits) : undefined,
    kinds: KINDS.flatMap(({ at, ...kind }) => {
      const [pattern, lengths = plan[FIELD.lengths]] = plan[FIELD.kinds]?.[at] || [];
      if (!pattern) return [];
      return [{ ...kind, pattern: posix(pattern), shortest: Math.min(...lengths) }];
    }),
  };
}

/** The metadata's regular expressions in what JavaScript and POSIX extended ones have in common. */
function posix(pattern: string): string {
  return pattern.replaceAll("(?:", "(").replaceAll("\\d", "[0-9]");
}
