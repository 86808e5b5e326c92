import { asText, Malformed, type Param } from "./param";
import { domain } from "./types";

/** Domains, from a flag that is repeated, a comma-separated text or a JSON list. */
export function domainList(about: string): Param<string[] | undefined> {
  const one = domain(about);
  return {
    ...one,
    required: false,
    inputs: (key) => one.inputs(key).map((input) => ({ ...input, repeated: true })),
    parse: async (raw, key) => {
      const texts = Array.isArray(raw) ? raw : asText(raw).split(",");
      if (texts.length === 0) throw new Malformed("names no domain");
      return Promise.all(texts.map((text) => one.parse(text, key)));
    },
  };
}
