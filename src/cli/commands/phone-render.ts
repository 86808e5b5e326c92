import { succeeded } from "../../model/envelope";
import { unauthorized } from "../../model/refusal";
import type { Command } from "../command";
import { write } from "../io";
import { visibleLines } from "../output/visible";

/** The node's command; people get a phone's configuration as the text that it is. */
export const phoneRender = (command: Command): Command => ({
  ...command,
  async execute(cli, given) {
    const { json, show_secrets: secrets } = cli.flags;
    if (json || given.mac === undefined) return command.execute(cli, given);
    const { dry_run: _, ...params } = given;
    const masked = !secrets || params.masked === true;
    const hermes = await cli.hermes();
    const answer = await hermes.call(command.name, { ...params, masked }, cli.caller);
    if (!succeeded(answer)) return cli.say(answer, command);
    const text = masked ? answer.masked : answer.content;
    if (typeof text !== "string") {
      const refusal = unauthorized("You may not see passwords. Leave out --show-secrets.");
      return cli.say(cli.refusal(refusal), command);
    }
    const { stdout, isTerminal } = cli.io;
    await write(stdout, isTerminal.stdout ? visibleLines(text) : text);
    if (!secrets) cli.notice("Passwords are masked; --show-secrets shows them.");
    return 0;
  },
});
