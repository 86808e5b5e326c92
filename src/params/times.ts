import { parseDuration } from "../model/duration";
import { asText, Malformed, type Param, simple } from "./param";

/** A length of time, in seconds. */
export function duration(about: string, example = "90d"): Param<number> {
  return simple({
    about,
    example,
    placeholder: "DURATION",
    parse: (raw) => {
      const seconds = parseDuration(asText(raw));
      if (seconds === undefined) {
        throw new Malformed("is no length of time: a number and s, m, h, d or w");
      }
      return seconds;
    },
  });
}
