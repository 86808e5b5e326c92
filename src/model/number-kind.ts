import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";

/** What a number's digits tell of it. */
export interface NumberKind {
  /**
   * ISO 3166-1 code; of a number that no country has given out, the one that its calling code is
   * mainly of. Null where that is no country's.
   */
  readonly country: string | null;
  /** As libphonenumber calls it: `MOBILE`, `FIXED_LINE`, …; null where no such numbers are known. */
  readonly type: string | null;
}

/** The country and kind of an E.164 number. */
export function numberKind(number: string): NumberKind {
  const parsed = parsePhoneNumberFromString(number);
  if (parsed === undefined) return { country: null, type: null };
  const [main] = metadata.country_calling_codes[parsed.countryCallingCode] ?? [];
  return { country: parsed.country ?? main ?? null, type: parsed.getType() ?? null };
}
