import type { Deed } from "../changes/recording";
import { isRecord } from "../model/record";
import { formatSipAddress } from "../model/sip-address";
import { type Given, inputsOf, type Params } from "../params/param";
import type { AnyNode, Context } from "./node";

/** What the record of a call says of it, beside what it changed. */
export function deedOf(
  { name, params }: Pick<AnyNode, "name" | "params">,
  values: Readonly<Record<string, unknown>>,
  given: Given,
  { authority }: Pick<Context, "authority">,
): Deed {
  return {
    caller: authority.name,
    operatorId: authority.operatorId,
    node: name,
    subject: subjectOf(params, values),
    params: withoutSecrets(params, given),
  };
}

/** What a call is about: the values that may stand without a flag. */
function subjectOf(params: Params, values: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .filter(([, param]) => param.positional && param.inputs("")[0]?.secret !== true)
    .flatMap(([key]) => textOf(values[key]) ?? [])
    .join(" ");
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (!isRecord(value)) return undefined;
  const { username, domain, number } = value;
  if (typeof username === "string" && typeof domain === "string") {
    return formatSipAddress({ username, domain });
  }
  return typeof number === "string" ? number : undefined;
}

function withoutSecrets(params: Params, given: Given): Record<string, unknown> {
  const secrets = new Set(
    inputsOf(params)
      .filter(({ secret }) => secret)
      .map(({ name }) => name),
  );
  return Object.fromEntries(Object.entries(given).filter(([name]) => !secrets.has(name)));
}
