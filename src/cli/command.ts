import type { Answers } from "../answers/answer";
import type { Envelope } from "../model/envelope";
import type { Example } from "../nodes/node";
import type { Given, Params, Values } from "../params/param";
import type { Relation } from "../params/relations";
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
  /** What holds between the parameters. */
  readonly relations: readonly Relation[];
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
  /** What holds between the parameters. */
  readonly relations?: readonly Relation<NoInfer<Extract<keyof P, string>>>[];
  readonly examples: readonly [Example, ...Example[]];
  /** Fields of its answer, and of a refusal beside cause and detail. */
  readonly answers?: Answers;
  /** Refuses by throwing. Answers nothing where it has said everything itself: then the exit status. */
  run(cli: Cli, params: Values<P>): Promise<Envelope | number>;
}

export function command<P extends Params>(declaration: CommandDeclaration<P>): Command {
  const {
    path,
    summary,
    description,
    params,
    examples,
    answers = {},
    relations = [],
  } = declaration;
  return {
    path,
    aliases: [],
    summary,
    ...(description === undefined ? {} : { description }),
    params,
    relations,
    examples,
    async execute(cli, given) {
      const [{ readParams }, { requireRelations }] = await Promise.all([
        import("../params/read"),
        import("../params/relations"),
      ]);
      try {
        const values = await readParams(params, given);
        requireRelations(relations, params, values);
        const answer = await declaration.run(cli, values);
        return typeof answer === "number" ? answer : await cli.say(answer, { answers });
      } catch (error) {
        return cli.say(cli.refusal(error), { answers });
      }
    },
  };
}
