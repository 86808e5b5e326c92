import { text } from "node:stream/consumers";
import type { Given, Params } from "../params/param";
import { invalidParameters } from "../params/param";
import { type Relation, secretsToAsk } from "../params/relations";
import type { Cli } from "./cli";

/** The flag's name that has a secret read from standard input: `password_stdin`. */
export const stdinName = (name: string) => `${name}_stdin`;

/** Secrets that are to come from standard input, or from the person at the terminal. */
export async function withSecrets(
  cli: Cli,
  params: Params,
  relations: readonly Relation[],
  given: Given,
): Promise<Given> {
  const filled: Record<string, unknown> = { ...given };
  for (const [key, param] of Object.entries(params)) {
    for (const { name, secret } of param.inputs(key)) {
      if (!secret) continue;
      const fromStdin = filled[stdinName(name)] === true;
      delete filled[stdinName(name)];
      if (!fromStdin) continue;
      if (filled[name] !== undefined) {
        throw invalidParameters(`Give --${name} or --${name}-stdin, not both.`);
      }
      filled[name] = await firstLine(cli);
    }
  }
  if (!cli.interactive) return filled;
  for (const name of secretsToAsk(params, relations, filled)) {
    const { askSecret } = await import("./prompts");
    filled[name] = await askSecret(cli.io, name);
  }
  return filled;
}

async function firstLine(cli: Cli): Promise<string> {
  const all = await text(cli.io.stdin as never);
  return all.split(/\r?\n/)[0] ?? "";
}
