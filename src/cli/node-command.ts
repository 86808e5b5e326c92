import type { Envelope } from "../model/envelope";
import { succeeded } from "../model/envelope";
import type { NodeDeclaration } from "../nodes/node";
import type { Command } from "./command";
import { write } from "./io";

/** The command that an API node is: `user/add_local` is `hermes user add-local`. */
export function nodeCommand(node: NodeDeclaration): Command {
  const [family = "", name = ""] = node.name.split("/");
  const dashed = name.replaceAll("_", "-");
  return {
    path: [family, dashed],
    aliases: dashed === name ? [] : [name],
    summary: node.summary,
    ...(node.description === undefined ? {} : { description: node.description }),
    params: node.params,
    examples: node.examples,
    async execute(cli, given) {
      let said: number | undefined;
      const hermes = await cli.hermes();
      const answer = await hermes.call(node.name, given, cli.caller, {
        confirm: (question) => cli.confirm(question),
        receive: async (envelope) => {
          said = await sayAnswer(node, envelope);
        },
      });
      return said ?? cli.say(answer);

      function sayAnswer({ plain, fresh = [] }: NodeDeclaration, envelope: Envelope) {
        if (plain !== undefined && succeeded(envelope)) {
          return write(cli.io.stdout, `${envelope[plain]}\n`).then(() => 0);
        }
        return cli.say(envelope, { fresh });
      }
    },
  };
}
