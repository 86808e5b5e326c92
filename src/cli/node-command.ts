import type { CallOptions } from "../call-options";
import { type Envelope, succeeded } from "../model/envelope";
import { accessOf, type NodeDeclaration } from "../nodes/node";
import type { Given, Params } from "../params/param";
import type { Cli } from "./cli";
import { type Command, trial } from "./command";
import { pathOf } from "./grammar";
import { OutputError, write } from "./io";
import { type ListView, listFlags, takeListView } from "./list-view";
import type { AnyTelling } from "./output/telling";
import { progressBar } from "./progress";

/** The command that an API node is: `user/add_local` is `hermes user add-local`. */
export function nodeCommand(node: NodeDeclaration): Command {
  const { name, summary, description, params, relations = [], answers, examples } = node;
  return {
    name,
    path: pathOf(name),
    summary,
    ...(description === undefined ? {} : { description }),
    params: { ...params, ...ownFlags(node) },
    relations,
    answers,
    examples,
    forOperators: true,
    async execute(cli, given) {
      const { view, rest } = await takeListView(answers, given);
      const { dry_run: dryRun, ...own } = rest;
      return executeNode(cli, node.name, node, own, { view, dryRun: dryRun === true });
    },
  };
}

/** Calls a node and says its answer; answers the exit status. */
export async function executeNode(
  cli: Cli,
  name: string,
  node: NodeDeclaration | undefined,
  given: Given,
  { view, dryRun }: { view?: ListView; dryRun: boolean },
): Promise<number> {
  const hermes = await cli.hermes();
  const progress = progressBar(cli);
  const tells = node && telling(node, given);
  const options = {
    confirm: (question: string) => cli.confirm(question),
    ...(tells === undefined ? {} : agreement(cli, tells, () => progress.pause())),
    progress: progress.update,
    dryRun,
  };
  try {
    if (node?.session !== undefined) {
      const session = await cli.session();
      const call = (completed: Given) => hermes.call(name, completed, cli.caller, options);
      return await sayAnswer(await session.through(node.session, given, call));
    }
    let said: number | undefined;
    let unwritten: OutputError | undefined;
    const answer = await hermes.call(name, given, cli.caller, {
      ...options,
      receive: async (envelope) => {
        progress.stop();
        try {
          said = await sayAnswer(envelope);
        } catch (error) {
          if (error instanceof OutputError) unwritten = error;
          throw error;
        }
      },
    });
    progress.stop();
    if (unwritten !== undefined) throw unwritten;
    return said ?? (await sayAnswer(answer));
  } finally {
    progress.stop();
  }

  async function sayAnswer(envelope: Envelope): Promise<number> {
    if (node?.plain === undefined || !succeeded(envelope)) {
      return cli.say(envelope, { answers: node?.answers ?? {}, view, tells });
    }
    await write(cli.io.stdout, `${envelope[node.plain]}\n`);
    return 0;
  }
}

/** What a call says that may write; one that only looks answers with what it has seen. */
const telling = (node: NodeDeclaration, given: Given) =>
  typeof node.access === "function" && accessOf(node, given as never) !== "read_write"
    ? undefined
    : node.tells;

/** Where a person sits there, what would go is told first and asked for. */
function agreement(cli: Cli, tells: AnyTelling, before: () => void): Pick<CallOptions, "agree"> {
  if (!cli.interactive || cli.flags.yes) return {};
  return {
    async agree(wouldBe) {
      before();
      const { question } = await import("./output/telling");
      return cli.confirm(await question(tells, wouldBe));
    },
  };
}

/** Flags that a node's command has beside the node's parameters. */
function ownFlags(node: NodeDeclaration): Params {
  const mayWrite =
    typeof node.access === "function" || accessOf(node, {}) === "read_write" || node.writes;
  return {
    ...listFlags(node.answers),
    ...(mayWrite && !node.alone ? { dry_run: trial } : {}),
  };
}
