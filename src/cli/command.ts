import type { Envelope } from "../model/envelope";
import type { Example } from "../nodes/node";
import type { Given, Params, Values } from "../params/param";
import type { Cli } from "./cli";

/** Anything that `hermes` does: an API node's command, or one that is no API node. */
export interface Command {
  /** The words behind `hermes`: `["user", "add-local"]`. */
  readonly path: readonly string[];
  /** Other spellings of the last word. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly params: Params;
  readonly examples: readonly Example[];
  /** Does it and says so; answers the exit status. */
  execute(cli: Cli, given: Given): Promise<number>;
}

/** A command that is no API node, declared like one. */
export interface CommandDeclaration<P extends Params> {
  readonly path: readonly [string, ...string[]];
  readonly summary: string;
  readonly description?: string;
  readonly params: P;
  readonly examples: readonly [Example, ...Example[]];
  /** Secret fields that this very call makes, and so shows. */
  readonly fresh?: readonly string[];
  /** Refuses by throwing. Answers nothing where it has said everything itself: then the exit status. */
  run(cli: Cli, params: Values<P>): Promise<Envelope | number>;
}

export function command<P extends Params>(declaration: CommandDeclaration<P>): Command {
  const { path, summary, description, params, examples, fresh = [] } = declaration;
  return {
    path,
    aliases: [],
    summary,
    ...(description === undefined ? {} : { description }),
    params,
    examples,
    async execute(cli, given) {
      const { readParams } = await import("../params/read");
      const answer = await declaration.run(cli, await readParams(params, given));
      return typeof answer === "number" ? answer : cli.say(answer, { fresh });
    },
  };
}
