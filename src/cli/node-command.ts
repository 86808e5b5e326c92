import { listField } from "../answers/answer";
import { type Envelope, succeeded } from "../model/envelope";
import { accessOf, type NodeDeclaration } from "../nodes/node";
import { type Given, optional, type Params } from "../params/param";
import { choice, toggle } from "../params/types";
import type { Cli } from "./cli";
import type { Command } from "./command";
import { ClosedPipe, write } from "./io";
import { OUTPUT_FORMATS, type OutputFormat } from "./output/format";
import { progressBar } from "./progress";

/** The command that an API node is: `user/add_local` is `hermes user add-local`. */
export function nodeCommand(node: NodeDeclaration): Command {
  const [family = "", name = ""] = node.name.split("/");
  const dashed = name.replaceAll("_", "-");
  return {
    path: [family, dashed],
    aliases: dashed === name ? [] : [name],
    summary: node.summary,
    ...(node.description === undefined ? {} : { description: node.description }),
    params: { ...node.params, ...ownFlags(node) },
    relations: node.relations ?? [],
    examples: node.examples,
    async execute(cli, given) {
      const { output, dry_run: dryRun, ...rest } = given;
      const format = output === undefined ? undefined : await outputFormat(output);
      return executeNode(cli, node.name, node, rest, { format, dryRun: dryRun === true });
    },
  };
}

/** Calls a node and says its answer; answers the exit status. */
export async function executeNode(
  cli: Cli,
  name: string,
  node: NodeDeclaration | undefined,
  given: Given,
  { format, dryRun }: { format?: OutputFormat | undefined; dryRun: boolean },
): Promise<number> {
  let said: number | undefined;
  let closedPipe: ClosedPipe | undefined;
  const hermes = await cli.hermes();
  const sessions = name.startsWith("auth/") ? await cli.credentials() : undefined;
  const completed = (await sessions?.complete(name, given)) ?? given;
  const progress = progressBar(cli);
  try {
    const answer = await hermes.call(name, completed, cli.caller, {
      confirm: (question) => cli.confirm(question),
      progress: progress.update,
      dryRun,
      receive: async (envelope) => {
        progress.stop();
        await sessions?.note(name, completed, envelope).catch((error: Error) => {
          cli.notice(`The session is not kept: ${error.message}`);
        });
        try {
          said = await sayAnswer(envelope);
        } catch (error) {
          if (error instanceof ClosedPipe) closedPipe = error;
          throw error;
        }
      },
    });
    progress.stop();
    if (closedPipe !== undefined) throw closedPipe;
    return said ?? (await cli.say(answer, { answers: node?.answers ?? {}, format }));
  } finally {
    progress.stop();
  }

  async function sayAnswer(envelope: Envelope): Promise<number> {
    if (node?.plain === undefined || !succeeded(envelope)) {
      return cli.say(envelope, { answers: node?.answers ?? {}, format });
    }
    await write(cli.io.stdout, `${envelope[node.plain]}\n`);
    return 0;
  }
}

/** Flags that a node's command has beside the node's parameters. */
function ownFlags(node: NodeDeclaration): Params {
  const lists = listField(node.answers) !== undefined;
  const mayWrite =
    typeof node.access === "function" || accessOf(node, {}) === "read_write" || node.writes;
  return {
    ...(lists ? { output: optional(choice("the list's form", OUTPUT_FORMATS)) } : {}),
    ...(mayWrite && !node.alone
      ? { dry_run: toggle("do everything, say what it would come to, and undo it") }
      : {}),
  };
}

async function outputFormat(raw: unknown): Promise<OutputFormat> {
  const { readParams } = await import("../params/read");
  const { output } = await readParams({ output: choice("", OUTPUT_FORMATS) }, { output: raw });
  return output;
}
