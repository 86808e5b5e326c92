import { version } from "../../package.json";
import { answer } from "../model/envelope";
import { Refusal } from "../model/refusal";
import { requireNoPaths } from "../params/file";
import type { Restriction } from "../restricted/restriction";
import { Cli } from "./cli";
import { type Asked, readCommandLine } from "./command-line";
import { grammar } from "./commands";
import { globalParams } from "./global-flags";
import { sayHelp } from "./help/say";
import { checkWords } from "./input/argv";
import { type Io, OutputError, write } from "./io";
import { withSecrets } from "./secrets";
import { withWords } from "./words";

/** How a command line is run that is not its caller's alone to decide on. */
export interface Restrained {
  readonly restriction?: Restriction | undefined;
  /** Why nothing is run at all. */
  readonly fault?: Refusal;
}

/** Runs a command line, from the words behind `hermes` to the exit status. */
export async function run(
  argv: readonly string[],
  io: Io,
  { restriction, fault }: Restrained = {},
): Promise<number> {
  const { flags, asks } = await readCommandLine(grammar, argv);
  const again = (words: readonly string[], world: Io) => run(words, world, { restriction });
  const cli = new Cli(io, flags, { grammar, run: again }, restriction);
  io.onInterrupt?.(() => cli.interrupt());
  try {
    if (fault !== undefined) throw fault;
    checkWords(argv);
    if (asks instanceof Refusal) throw asks;
    if (restriction !== undefined) requireNoPaths(globalParams, flags);
    return await carryOut(cli, asks);
  } catch (error) {
    try {
      return await cli.say(cli.refusal(error));
    } catch (again) {
      if (again instanceof OutputError) return await cli.sayUnwritten(again);
      throw again;
    }
  } finally {
    await cli.close();
  }
}

async function carryOut(cli: Cli, asked: Asked): Promise<number> {
  switch (asked.kind) {
    case "help":
      return sayHelp(cli, asked.about);
    case "version":
      return sayVersion(cli);
    case "command": {
      const { command, given, words } = asked;
      const { params, relations } = command;
      const filled = withWords(params, given, words);
      cli.restriction?.requireAllowed(command, filled);
      return command.execute(cli, await withSecrets(cli, params, relations, filled));
    }
  }
}

async function sayVersion(cli: Cli): Promise<number> {
  if (cli.flags.json) return cli.say(answer({ version }));
  await write(cli.io.stdout, `${version}\n`);
  return 0;
}
