import { asText, Malformed, type Param, simple } from "./param";

/** Words of the form `name=value`, or a JSON object. */
export function pairs(about: string): Param<Readonly<Record<string, unknown>>> {
  return {
    ...simple({
      about,
      example: "user=alice@example.org",
      placeholder: "NAME=VALUE",
      parse: (raw) => {
        const words = Array.isArray(raw) ? raw.map(asText) : [asText(raw)];
        return Object.fromEntries(words.map(pair));
      },
    }),
    required: false,
    rest: true,
  };
}

function pair(word: string): [string, string] {
  const sign = word.indexOf("=");
  if (sign < 1) throw new Malformed("is not of the form name=value");
  return [word.slice(0, sign), word.slice(sign + 1)];
}
