import { E164_DIGITS_MAX } from "../model/e164-form";
import { asText, Malformed, type Param, simple } from "./param";

/** By what numbers are counted: successive ones, or so many of their first digits. */
export function grouping(about: string): Param<"range" | number> {
  return simple({
    about,
    example: "5",
    placeholder: "range|DIGITS",
    parse: (raw) => {
      const text = asText(raw).trim().toLowerCase();
      if (text === "range") return text;
      const digits = Number(text);
      if (!/^\d{1,2}$/.test(text) || digits < 1 || digits > E164_DIGITS_MAX) {
        throw new Malformed(`is neither range nor a number of digits from 1 to ${E164_DIGITS_MAX}`);
      }
      return digits;
    },
  });
}
