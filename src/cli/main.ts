import { version } from "../../package.json";
import { answer } from "../model/envelope";
import { Refusal } from "../model/refusal";
import { Cli } from "./cli";
import { type Asked, readCommandLine } from "./command-line";
import { grammar } from "./commands";
import { sayHelp } from "./help/say";
import { checkWords } from "./input/argv";
import { type Io, OutputError, write } from "./io";
import { withSecrets } from "./secrets";
import { withWords } from "./words";

/** Runs a command line, from the words behind `hermes` to the exit status. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const { flags, asks } = await readCommandLine(grammar, argv);
  const cli = new Cli(io, flags, { grammar, run: main });
  io.onInterrupt?.(() => cli.interrupt());
  try {
    checkWords(argv);
    if (asks instanceof Refusal) throw asks;
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
      return command.execute(cli, await withSecrets(cli, params, relations, filled));
    }
  }
}

async function sayVersion(cli: Cli): Promise<number> {
  if (cli.flags.json) return cli.say(answer({ version }));
  await write(cli.io.stdout, `${version}\n`);
  return 0;
}
