import { parseDuration } from "../model/duration";
import { type Moment, parseMoment } from "../model/moment";
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

/** A date, a date and time, or so long from now on. */
export function moment(about: string, example = "2026-12-31"): Param<Moment> {
  return simple({
    about,
    example,
    placeholder: "TIME",
    parse: (raw) => {
      const parsed = parseMoment(asText(raw));
      if (parsed === undefined) {
        throw new Malformed("is neither a date nor a length of time such as 90d");
      }
      return parsed;
    },
  });
}
