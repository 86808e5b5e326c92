import { Command as CommanderCommand, Option } from "commander";
import { version } from "../../package.json";
import type { Given, Input } from "../params/param";
import type { GlobalFlags } from "./cli";
import type { Command } from "./command";
import type { CommandGroup } from "./commands";
import { describe, exampleLines, usage } from "./help";
import { stdinName } from "./secrets";

/** What the command line asks for. */
export interface Invocation {
  readonly command: Command;
  readonly flags: GlobalFlags;
  readonly given: Given;
  /** Arguments without a flag. */
  readonly words: readonly string[];
}

/** What a parse comes to, and where it goes. */
interface Parsing {
  /** The width that help is fitted to. */
  readonly columns: number;
  readonly found: (invocation: Invocation) => void;
  /** Takes help and version. */
  readonly print: (text: string) => void;
}

/** The command line's grammar. */
export function buildProgram(
  groups: readonly CommandGroup[],
  argv: readonly string[],
  { columns, found, print }: Parsing,
): CommanderCommand {
  const program = new CommanderCommand("hermes")
    .description("Accounts, number pools, aliases, permissions and desk phones of a Kamailio site.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .option("--json", "answer with exactly one JSON object, the API's envelope")
    .option("--config <FILE>", "read this configuration file")
    .option("-y, --yes", "say yes to every question")
    .option("--no-input", "never ask anything")
    .option("-q, --quiet", "no notes and no progress")
    .option("-v, --verbose", "say more when something goes wrong")
    .option("--no-color", "no colours")
    .option("--show-secrets", "show passwords and digests in people's output")
    .option("--session <SESSION>", "use this session (with --auth-key), not the one that is kept")
    .option("--auth-key <KEY>", "the auth_key of that session")
    .option("--api-key <KEY>", "log in with this API key for this one command")
    .addOption(new Option("--auth_key <KEY>").hideHelp())
    .addOption(new Option("--api_key <KEY>").hideHelp())
    .configureHelp({
      showGlobalOptions: true,
      subcommandTerm: (command) => command.name(),
      styleTitle: (title) =>
        title.replace("Options", "Flags").replace("Global Flags", "Global flags"),
    })
    .configureOutput({
      writeOut: print,
      writeErr: () => {},
      getOutHelpWidth: () => columns,
      getOutHasColors: () => false,
    })
    .exitOverride()
    .showSuggestionAfterError(true);
  for (const group of groups) {
    const { name, summary } = group;
    const asked = argv.includes(name);
    if (asked && group.alone) {
      for (const command of group.commands) addCommand(program, command, name, found);
      continue;
    }
    const family = program.command(name).description(summary).exitOverride();
    family.usage("<command> [flags]").helpCommand(false);
    // Of the others only the name is needed, and start-up counts.
    if (!asked) continue;
    for (const command of group.commands) {
      addCommand(family, command, command.path[1] ?? "", found);
    }
  }
  program.usage("<command> [arguments] [flags]");
  return program;
}

function addCommand(
  parent: CommanderCommand,
  command: Command,
  name: string,
  found: (invocation: Invocation) => void,
): void {
  const node = parent
    .command(name)
    .summary(command.summary)
    .description(describe(command))
    .aliases([...command.aliases])
    .argument("[words...]")
    .configureHelp({
      ...parent.configureHelp(),
      visibleArguments: () => [],
      commandUsage: () => `hermes ${command.path.join(" ")} ${usage(command)}`,
    })
    .addHelpText("after", exampleLines(command))
    .exitOverride();
  const names = addFlags(node, command);
  const own = inputNames(command);
  node.action((words: string[], _options: unknown, self: CommanderCommand) => {
    const given: Record<string, unknown> = {};
    for (const [option, input] of names) {
      const attribute = option.attributeName();
      if (self.getOptionValueSource(attribute) !== undefined) {
        given[input] = self.getOptionValue(attribute);
      }
    }
    const { input, color, ...rest } = self.optsWithGlobals();
    const proofs: Proofs = {
      session: rest.session,
      auth_key: rest.authKey ?? rest.auth_key,
      api_key: rest.apiKey ?? rest.api_key,
    };
    // A command that has such a parameter of its own is given it, and is not proven by it.
    for (const name of PROOFS) {
      if (!own.has(name)) continue;
      if (proofs[name] !== undefined) given[name] = proofs[name];
      proofs[name] = undefined;
    }
    const flags: GlobalFlags = {
      json: rest.json === true,
      config: rest.config,
      yes: rest.yes === true,
      input: input !== false,
      quiet: rest.quiet === true,
      verbose: rest.verbose === true,
      color: color !== false,
      showSecrets: rest.showSecrets === true,
      session: proofs.session,
      authKey: proofs.auth_key,
      apiKey: proofs.api_key,
    };
    found({ command, flags, given, words });
  });
}

/** API names that are flags of every command. */
const PROOFS = ["session", "auth_key", "api_key"] as const;

type ProofName = (typeof PROOFS)[number];
type Proofs = Record<ProofName, string | undefined>;

const inputNames = ({ params }: Command): ReadonlySet<string> =>
  new Set(
    Object.entries(params).flatMap(([key, param]) => param.inputs(key).map(({ name }) => name)),
  );

/** A flag for every API name that the command's parameters have; answers which flag stands for which. */
function addFlags(node: CommanderCommand, command: Command): Map<Option, string> {
  const names = new Map<Option, string>();
  const add = (input: Input) => {
    const { name, placeholder, repeated } = input;
    if (PROOFS.includes(name as ProofName)) return;
    const value = placeholder === undefined ? "" : ` <${placeholder}${repeated ? "..." : ""}>`;
    const dashed = new Option(`--${name.replaceAll("_", "-")}${value}`, explained(input));
    node.addOption(dashed);
    names.set(dashed, name);
    if (!name.includes("_")) return;
    const spelled = new Option(`--${name}${value}`).hideHelp();
    node.addOption(spelled);
    names.set(spelled, name);
  };
  for (const [key, param] of Object.entries(command.params)) {
    for (const input of param.inputs(key)) {
      add(input);
      if (!input.secret) continue;
      const spoken = input.name.replaceAll("_", " ");
      add({ name: stdinName(input.name), about: `read the ${spoken} from standard input` });
    }
  }
  return names;
}

const explained = ({ about, choices }: Input) =>
  choices === undefined ? about : `${about}: ${choices.join(", ")}`;
