import { answer } from "../../model/envelope";
import type { Cli } from "../cli";
import { write } from "../io";

/** Prints what there is to say about a command, a family, a topic, or everything; answers the exit status. */
export async function sayHelp(cli: Cli, about: readonly string[]): Promise<number> {
  const { help } = await import("./help");
  const text = help(cli.program.grammar, about, cli.io.columns);
  if (typeof text !== "string") throw text;
  if (cli.flags.json) return cli.say(answer({ help: text }));
  await write(cli.io.stdout, text);
  return 0;
}
