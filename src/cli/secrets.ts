import { lines } from "../bulk/text";
import { SECRET_LINE_MAX } from "../model/limits";
import { type Given, inputsOf, invalidParameters, type Params } from "../params/param";
import { flagName } from "../params/read";
import type { Cli } from "./cli";
import { stdinName } from "./grammar";
import { standardInput } from "./input/stream";
import type { Io } from "./io";

/** Secrets that are to come from standard input. */
export async function withSecrets(cli: Cli, params: Params, given: Given): Promise<Given> {
  const filled: Record<string, unknown> = { ...given };
  let read = false;
  for (const { name, secret } of inputsOf(params)) {
    if (!secret) continue;
    const fromStdin = filled[stdinName(name)] === true;
    delete filled[stdinName(name)];
    if (!fromStdin) continue;
    if (filled[name] !== undefined) {
      throw invalidParameters(`Give ${flagName(name)} or ${flagName(stdinName(name))}, not both.`);
    }
    if (read) throw invalidParameters("Standard input can hold one secret only.");
    read = true;
    filled[name] = await firstLine(cli.io);
  }
  return filled;
}

/** The first line of standard input; what stands behind it is not waited for. */
async function firstLine(io: Io): Promise<string> {
  for await (const [line] of lines(standardInput(io), SECRET_LINE_MAX)) {
    if (typeof line === "string") return line;
    throw invalidParameters(`The secret on standard input ${line?.why}`);
  }
  return "";
}
