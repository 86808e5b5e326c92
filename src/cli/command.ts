import type { Answers } from "../answers/answer";
import type { Envelope } from "../model/envelope";
import type { Example } from "../nodes/node";
import type { Given, Params, Values } from "../params/param";
import { readParams } from "../params/read";
import { type Relation, requireRelations } from "../params/relations";
import { toggle } from "../params/types";
import type { Cli } from "./cli";
import { type CommandGrammar, pathOf } from "./grammar";
import { type ListView, listFlags, takeListView } from "./list-view";

/** Anything that `hermes` does: an API node's command, or one that is no API node. */
export interface Command extends CommandGrammar {
  /** Does it and says so; answers the exit status. */
  execute(cli: Cli, given: Given): Promise<number>;
  /** `hermes restricted` runs it: it does nothing but what an operator's session allows. */
  readonly forOperators?: true;
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
  /** What holds between the parameters. */
  readonly relations?: readonly Relation<NoInfer<Extract<keyof P, string>>>[];
  readonly examples: readonly [Example, ...Example[]];
  /** Fields of its answer, and of a refusal beside cause and detail. */
  readonly answers?: Answers;
  /** `hermes restricted` runs it: it does nothing but what an operator's session allows. */
  readonly forOperators?: true;
  /** Refuses by throwing. Answers nothing where it has said everything itself: then the exit status. */
  run(cli: Cli, params: Values<P>, view: ListView): Promise<Envelope | number>;
}

export function command<P extends Params>(declaration: CommandDeclaration<P>): Command {
  const { run, answers = {}, relations = [], ...grammar } = declaration;
  const { name, params } = grammar;
  return {
    ...grammar,
    params: { ...params, ...listFlags(answers) },
    path: pathOf(name),
    answers,
    relations,
    async execute(cli, given) {
      let view: ListView | undefined;
      try {
        const taken = await takeListView(answers, given);
        view = taken.view;
        const completed = Object.values(params).some((param) => param.completed);
        const defaults = completed ? (await cli.configuration()).defaults : undefined;
        const values = await readParams(params, taken.rest, { defaults });
        requireRelations(relations, params, values);
        const answer = await run(cli, values, view);
        return typeof answer === "number" ? answer : await cli.say(answer, { answers, view });
      } catch (error) {
        return cli.say(cli.refusal(error), { answers, view });
      }
    },
  };
}

/** The switch of whatever can be tried out. */
export const trial = toggle("do everything, say what it would come to, and undo it");
