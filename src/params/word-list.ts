import { asText, type Param, simple } from "./param";

/** All words that are left, as they are. */
export function wordList(about: string, example: string, placeholder: string): Param<string[]> {
  return {
    ...simple({
      about,
      example,
      placeholder,
      parse: (raw) => (Array.isArray(raw) ? raw : [raw]).map(asText),
    }),
    required: false,
    positional: true,
    rest: true,
    gather: (given, key) => given[key] ?? [],
  };
}
