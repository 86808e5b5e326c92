import { historyFile } from "../../config/paths";
import { failed, Refusal } from "../../model/refusal";
import { shellWords } from "../../restricted/shell-words";
import type { Cli } from "../cli";
import { command } from "../command";
import { Interrupted, type Io } from "../io";

const PROMPT = "hermes> ";

const LEAVE = new Set(["exit", "quit"]);

export const shell = command({
  name: "shell",
  summary: "Type commands one after another, on one connection",
  description:
    "Without hermes before them; Tab completes, and what was typed before comes back with the arrow keys. What has a secret in it is not kept. Ctrl-C ends a command that runs; Ctrl-D, exit or quit leaves.",
  params: {},
  examples: [{ command: "hermes shell" }],
  async run(cli) {
    if (cli.isLine) throw failed("shell", "You are in it already.");
    if (!cli.interactive) {
      throw failed("shell", "There is nobody to type. For a file of requests: hermes batch");
    }
    const { isKept, kept } = await import("../shell/keeper");
    if (!isKept(cli.io)) return cli.lending(() => kept(cli.io));
    await converse(cli);
    return 0;
  },
});

/** Line by line until the person leaves; what is wrong with one is said, and the next one is asked for. */
async function converse(cli: Cli): Promise<void> {
  const [{ History }, { askLines }, { complete }] = await Promise.all([
    import("../shell/history"),
    import("../shell/lines"),
    import("../completion/complete"),
  ]);
  const history = new History(historyFile(cli.io.env), cli.program.grammar);
  const io = lineIo(cli.io);
  for (;;) {
    const typed = await askLines(io, {
      prompt: PROMPT,
      history: history.lines,
      async complete(line) {
        const words = line.trimStart().split(/\s+/);
        const { candidates } = await complete(
          cli,
          words[0] === "hermes" ? words.slice(1) : words,
          cli,
        );
        return [candidates.map(({ value }) => value), words.at(-1) ?? ""];
      },
    });
    if (typed.length === 0) return void io.stderr.write("\n");
    for (const line of typed) {
      const words = wordsOf(line);
      if (words instanceof Refusal) await cli.say(cli.refusal(words));
      else if (words.length === 1 && LEAVE.has(words[0] ?? "")) return;
      else if (words.length > 0) {
        await history.note(line.trim(), words);
        await cli.program.run(words, io, cli);
      }
    }
  }
}

/** The words behind `hermes`, which may as well be typed; of a comment none. */
function wordsOf(line: string): string[] | Refusal {
  if (line.trim().startsWith("#")) return [];
  const words = shellWords(line);
  return words instanceof Refusal || words[0] !== "hermes" ? words : words.slice(1);
}

/** The world as one line sees it: Ctrl-C at a question ends the line and not the shell. */
function lineIo(io: Io): Io {
  const exit = (): never => {
    throw new Interrupted();
  };
  // Ctrl-C in the middle of a command is heard by the shell's own listener.
  return Object.create(io, { exit: { value: exit }, onInterrupt: { value: undefined } });
}
