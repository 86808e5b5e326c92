import { quoted } from "../model/quoted";
import { type Given, invalidParameters, type Params } from "../params/param";

/** Puts words without a flag to the parameters that they are meant for, in the order of declaration. */
export function withWords(params: Params, given: Given, words: readonly string[]): Given {
  const filled: Record<string, unknown> = { ...given };
  const open = Object.entries(params).filter(
    ([key, param]) =>
      param.positional && param.inputs(key).every(({ name }) => given[name] === undefined),
  );
  for (const word of words) {
    const index = open.findIndex(([, param]) => param.takes?.(word) ?? true);
    const match = open[index];
    if (match === undefined) {
      throw invalidParameters(`Too many arguments: don't know what ${quoted(word)} is for.`);
    }
    const [key, param] = match;
    const name = param.inputs(key)[0]?.name ?? key;
    if (param.rest) {
      filled[name] = [...((filled[name] as string[] | undefined) ?? []), word];
    } else {
      filled[name] = word;
      open.splice(index, 1);
    }
  }
  return filled;
}
