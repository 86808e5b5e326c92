import type { CommanderError } from "commander";
import { closest } from "../model/closest";
import { invalid, type Refusal } from "../model/refusal";
import { Cli, type GlobalFlags } from "./cli";
import { allCommands, commandGroups } from "./commands";
import { CLOSED_PIPE } from "./exit-status";
import { ClosedPipe, type Io } from "./io";
import { buildProgram, type Invocation } from "./program";
import { withSecrets } from "./secrets";
import { withWords } from "./words";

/** Runs a command line, from the words behind `hermes` to the exit status. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let cli = new Cli(io, rawFlags(argv));
  try {
    const invocation = parse(argv, io);
    if (typeof invocation === "number") return invocation;
    const { command, flags, given, words } = invocation;
    cli = new Cli(io, flags);
    io.onInterrupt?.(() => cli.interrupt());
    const filled = withWords(command.params, given, words);
    const { params, relations } = command;
    return await command.execute(cli, await withSecrets(cli, params, relations, filled));
  } catch (error) {
    if (error instanceof ClosedPipe) return CLOSED_PIPE;
    try {
      return await cli.say(cli.refusal(error));
    } catch (again) {
      if (again instanceof ClosedPipe) return CLOSED_PIPE;
      throw again;
    }
  } finally {
    await cli.close();
  }
}

/** What is asked for, or the exit status where commander has answered already (help, version). */
function parse(argv: readonly string[], io: Io): Invocation | number {
  let invocation: Invocation | undefined;
  const program = buildProgram(io, commandGroups, argv, (found) => {
    invocation = found;
  });
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    const { code, message, exitCode } = error as CommanderError;
    if (code === undefined || !code.startsWith("commander.")) throw error;
    if (exitCode === 0) return 0;
    throw usageRefusal(code, message, argv);
  }
  if (invocation === undefined) throw invalid("node", "No command is given. See: hermes --help");
  return invocation;
}

/** Global flags that the next word belongs to. */
const VALUED = new Set(["--config", "--session", "--auth-key", "--api-key"]);

/** commander's complaint as the API would put it. */
function usageRefusal(code: string, message: string, argv: readonly string[]): Refusal {
  const words = argv.filter((word, at) => !word.startsWith("-") && !VALUED.has(argv[at - 1] ?? ""));
  const [family = "", name] = words;
  const group = commandGroups.find((known) => known.name === family);
  if (
    code === "commander.unknownCommand" ||
    code === "commander.help" ||
    code === "commander.excessArguments"
  ) {
    const asked = group === undefined ? family : [family, name].filter(Boolean).join(" ");
    if (group !== undefined && name === undefined) {
      const known = group.commands.map(({ path }) => path.join(" ")).join(", ");
      return invalid("node", `hermes ${family} needs a command: ${known}.`);
    }
    const guess = closest(
      asked,
      group === undefined
        ? commandGroups.map((known) => known.name)
        : allCommands().map(({ path }) => path.join(" ")),
    );
    const hint = guess === undefined ? "See: hermes --help" : `Did you mean: hermes ${guess}?`;
    return invalid("node", `There is no command hermes ${asked.slice(0, 60)}. ${hint}`);
  }
  const detail = message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  const sentence = detail.charAt(0).toUpperCase() + detail.slice(1);
  return invalid("parameters", /[.?)]$/.test(sentence) ? sentence : `${sentence}.`);
}

/** The flags that matter while nothing is parsed yet. */
function rawFlags(argv: readonly string[]): GlobalFlags {
  return {
    json: argv.includes("--json"),
    config: undefined,
    yes: false,
    input: false,
    quiet: false,
    verbose: argv.includes("--verbose"),
    color: !argv.includes("--no-color"),
    showSecrets: false,
    session: undefined,
    authKey: undefined,
    apiKey: undefined,
  };
}
