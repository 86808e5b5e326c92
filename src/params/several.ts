import { asText, Malformed, type Param } from "./param";

/** Several values of a kind: from a flag that is repeated, a comma-separated text or a JSON list. */
export function several<T>(one: Param<T>): Param<T[] | undefined> {
  return {
    ...one,
    required: false,
    inputs: (key) => one.inputs(key).map((input) => ({ ...input, repeated: true })),
    parse: async (raw, key, defaults) => {
      const texts = Array.isArray(raw) ? raw : asText(raw).split(",");
      if (texts.length === 0) throw new Malformed("names nothing");
      return Promise.all(texts.map((text) => one.parse(text, key, defaults)));
    },
  };
}
