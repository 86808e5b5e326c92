import type { Envelope } from "../model/envelope";
import type { Example } from "../nodes/node";
import type { Given, Params, Values } from "../params/param";
import { toggle } from "../params/types";
import type { Cli } from "./cli";
import { type CommandGrammar, pathOf } from "./grammar";

/** Anything that `hermes` does: an API node's command, or one that is no API node. */
export interface Command extends CommandGrammar {
  /** Does it and says so; answers the exit status. */
  execute(cli: Cli, given: Given): Promise<number>;
}

/** A command that is no API node, declared like one. */
export interface CommandDeclaration<P extends Params> {
  /** `family/command`, or `command` where it stands alone. */
  readonly name: string;
  /** One line, as it stands in a list of commands. */
  readonly summary: string;
  /** More of what a person should know, where the line does not say it all. */
  readonly description?: string;
  readonly params: P;
  /** Fields of an `ok` answer; none where what is printed is no envelope. */
  readonly answers: readonly string[];
  readonly examples: readonly [Example, ...Example[]];
  /** Secret fields that this very call makes, and so shows. */
  readonly fresh?: readonly string[];
  /** Refuses by throwing. Answers nothing where it has said everything itself: then the exit status. */
  run(cli: Cli, params: Values<P>): Promise<Envelope | number>;
}

export function command<P extends Params>(declaration: CommandDeclaration<P>): Command {
  const { run, fresh = [], ...grammar } = declaration;
  return {
    ...grammar,
    path: pathOf(grammar.name),
    async execute(cli, given) {
      const { readParams } = await import("../params/read");
      const answer = await run(cli, await readParams(grammar.params, given));
      return typeof answer === "number" ? answer : cli.say(answer, { fresh });
    },
  };
}

/** The switch of whatever can be tried out. */
export const trial = toggle("do everything, say what it would come to, and undo it");
