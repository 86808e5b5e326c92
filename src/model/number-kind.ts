import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** What a number's digits tell of it. */
export interface NumberKind {
  /** ISO 3166-1 code; null where it belongs to no one country, or to none that is known. */
  readonly country: string | null;
  /** As libphonenumber calls it: `MOBILE`, `FIXED_LINE`, …; null where no such numbers are known. */
  readonly type: string | null;
}

/** The country and kind of an E.164 number. */
export function numberKind(number: string): NumberKind {
  const parsed = parsePhoneNumberFromString(number);
  return { country: parsed?.country ?? null, type: parsed?.getType() ?? null };
}
