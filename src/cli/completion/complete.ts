import type { Named } from "../../params/param";
import { Cli } from "../cli";
import { readFlags } from "../command-line";
import { type Candidate, nextOf } from "./next";
import { FILES } from "./scripts";

export interface Completed {
  readonly candidates: readonly Candidate[];
  /** Something is still being waited for, and would hold up the shell. */
  readonly late: boolean;
}

/** A person waits with a finger on Tab: what takes longer is not offered, in milliseconds. */
const PATIENCE = 1_000;

/** What a shell puts into its line as it is; a name with other signs in it could be a command. */
const HARMLESS = /^[\p{L}\p{N}_@%+=:,./-]+$/u;

/** What can stand in the place of the last word. Nothing that has to be looked up, where that fails. */
export async function complete({ io, program }: Cli, words: readonly string[]): Promise<Completed> {
  const { candidates, things, typed, before } = nextOf(program.grammar, words);
  if (things.length === 0) return { candidates, late: false };
  const flags = await readFlags(program.grammar, words.slice(0, -1));
  const cli = new Cli(io, { ...flags, quiet: true, no_input: true }, program);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  const looked = Promise.all(things.map((thing) => found(cli, thing, typed))).catch(() => []);
  const there = await Promise.race([looked, patience]);
  clearTimeout(timer);
  if (there === undefined) return { candidates, late: true };
  await cli.close();
  const live = there.flat().map(({ value, ...rest }) => ({ ...rest, value: before + value }));
  return { candidates: [...candidates, ...live], late: false };
}

async function found(cli: Cli, thing: Named, typed: string): Promise<Candidate[]> {
  if (thing === "file") return [{ value: FILES }];
  if (thing === "command") return [];
  const { lookUp } = await import("./things");
  const all = await lookUp(cli, thing, typed);
  return all.filter(({ value }) => HARMLESS.test(value) && !value.startsWith("-"));
}
