import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import metadata from "libphonenumber-js/min/metadata";
import { looksLikeE164 } from "./e164-form";

const CALLING_CODE_MAX = 3;

const callingCodes = new Set([
  ...Object.keys(metadata.country_calling_codes),
  ...Object.keys(metadata.nonGeographic ?? {}),
]);

/** A number in E.164 form, parted after its country calling code. */
export interface E164 {
  readonly callingCode: string;
  /** `+` and at most 15 digits. */
  readonly number: string;
}

/**
 * `+47 12 34 50 00` → E.164 (ITU-T E.164: `+`, a known country calling code, 15 digits at most in
 * all); spaces, dashes, dots and parentheses are taken off. Undefined where it is none.
 */
export function parseE164(text: string): E164 | undefined {
  const number = text.replace(/[\s\-.()]/g, "");
  if (!looksLikeE164(number)) return undefined;
  for (let length = 1; length <= CALLING_CODE_MAX; length++) {
    const callingCode = number.slice(1, 1 + length);
    if (callingCodes.has(callingCode) && number.length > 1 + length) {
      return { callingCode, number };
    }
  }
  return undefined;
}

/** A number as people read it: `+47 12 34 50 00`. */
export function formatE164(number: string): string {
  const grouped = parsePhoneNumberFromString(number)?.formatInternational() ?? number;
  // A digit that only stands in front within the country is left out: that would be another number.
  return grouped.replace(/[^+\d]/g, "") === number ? grouped : number;
}
