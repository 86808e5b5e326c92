import { isModel, VENDOR_MAX } from "../model/phone";
import { asText, Malformed, type Param, simple } from "./param";
import { text } from "./types";

/** A phone's make. Which there are depends on the site's own templates too. */
export const vendor = (): Param<string> =>
  text("the phone's make: see hermes phone vendors", "yealink", {
    max: VENDOR_MAX,
    placeholder: "VENDOR",
  });

/** A phone's model, as its maker calls it. */
export function model(): Param<string> {
  return simple({
    about: "the phone's model",
    example: "T46U",
    placeholder: "MODEL",
    parse: (raw) => {
      const value = asText(raw).trim();
      if (isModel(value)) return value;
      throw new Malformed("is no model: up to 32 letters, digits and . _ + -");
    },
  });
}
