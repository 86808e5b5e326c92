import { RECORD_ID } from "../model/record-id";
import { asText, Malformed, type Param, simple } from "./param";

/** A record of the record of changes. */
export function recordId(about = "the record's id, as audit list shows it"): Param<string> {
  return simple({
    about,
    example: "01m879j1kknxa1h1b2gg",
    placeholder: "ID",
    parse: (raw) => {
      const id = asText(raw).trim().toLowerCase();
      if (!RECORD_ID.test(id)) throw new Malformed("is no record's id");
      return id;
    },
  });
}

/** What was done: an API node's name, or a command's. */
export function doneName(about = "only what this node did"): Param<string> {
  return simple({
    about,
    example: "user/remove",
    placeholder: "NODE",
    parse: (raw) => {
      const name = asText(raw).trim().replaceAll("-", "_");
      if (!/^[a-z]+(\/[a-z0-9_]+)?$/.test(name)) throw new Malformed("is no node's name");
      return name;
    },
  });
}
