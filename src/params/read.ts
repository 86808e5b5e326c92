import { closest } from "../model/closest";
import type { Refusal } from "../model/refusal";
import {
  asText,
  type Given,
  invalidParameters,
  Malformed,
  type Params,
  type Values,
} from "./param";

/** `r_port` → `--r-port`. */
export const flagName = (name: string) => `--${name.replaceAll("_", "-")}`;

/**
 * Checks what was given against the declaration: nothing unknown, nothing missing or empty,
 * everything of its form. Throws the Refusal that the request is answered with.
 */
export async function readParams<P extends Params>(
  params: P,
  given: Given,
  refuse: (detail: string) => Refusal = invalidParameters,
): Promise<Values<P>> {
  refuseUnknown(params, given);
  const values: Record<string, unknown> = {};
  for (const [key, param] of Object.entries(params)) {
    const raw = param.gather(given, key);
    const name = param.inputs(key)[0]?.name ?? key;
    if (raw === undefined || raw === null) {
      if (param.required) {
        throw refuse(`${name} is missing. Example: ${flagName(name)} ${param.example}`);
      }
      continue;
    }
    if (raw === "") {
      throw refuse(`${name} is empty. Example: ${flagName(name)} ${param.example}`);
    }
    try {
      values[key] = await param.parse(raw, key);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      const detail = malformedDetail(name, raw, error.message, param.example);
      throw (param.refuse ?? refuse)(detail);
    }
  }
  return values as Values<P>;
}

function refuseUnknown(params: Params, given: Given): void {
  const known = Object.entries(params).flatMap(([key, param]) =>
    param.inputs(key).map((input) => input.name),
  );
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const guess = closest(name, known);
    throw invalidParameters(
      `Unknown parameter ${shown(name)}.${guess === undefined ? "" : ` Did you mean ${guess}?`}`,
    );
  }
}

function malformedDetail(name: string, raw: unknown, message: string, example: string): string {
  if (/^[A-Z]/.test(message)) return `${message}: ${name} ${shown(raw)}. Example: ${example}`;
  return `${name} ${shown(raw)} ${message}. Example: ${flagName(name)} ${example}`;
}

/** A value as an error text can carry it: quoted, short, without control characters. */
function shown(raw: unknown): string {
  let text: string;
  try {
    text = asText(raw);
  } catch {
    text = JSON.stringify(raw) ?? String(raw);
  }
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return JSON.stringify(short);
}
