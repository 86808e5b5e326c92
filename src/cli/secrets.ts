import { text } from "node:stream/consumers";
import type { Given, Params } from "../params/param";
import { invalidParameters } from "../params/param";
import type { Cli } from "./cli";
import { stdinName } from "./grammar";

/** Secrets that are to come from standard input, or from the person at the terminal. */
export async function withSecrets(cli: Cli, params: Params, given: Given): Promise<Given> {
  const filled: Record<string, unknown> = { ...given };
  for (const [key, param] of Object.entries(params)) {
    for (const { name, secret, promptUnless, promptWith } of param.inputs(key)) {
      if (!secret) continue;
      const fromStdin = filled[stdinName(name)] === true;
      delete filled[stdinName(name)];
      if (fromStdin) {
        if (filled[name] !== undefined) {
          throw invalidParameters(`Give --${name} or --${name}-stdin, not both.`);
        }
        filled[name] = await firstLine(cli);
      } else if (filled[name] === undefined && cli.interactive) {
        const others = promptUnless ?? (param.required ? [] : undefined);
        if (others === undefined || others.some((other) => filled[other])) continue;
        if (promptWith !== undefined && !filled[promptWith]) continue;
        const { askSecret } = await import("./prompts");
        filled[name] = await askSecret(cli.io, name);
      }
    }
  }
  return filled;
}

async function firstLine(cli: Cli): Promise<string> {
  const all = await text(cli.io.stdin as never);
  return all.split(/\r?\n/)[0] ?? "";
}
