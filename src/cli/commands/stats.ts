import * as answer from "../../answers";
import { answer as success } from "../../model/envelope";
import { prometheusText } from "../../model/prometheus";
import { toggle } from "../../params/types";
import { command } from "../command";
import { write } from "../io";

const figures = {
  accounts: answer.record({
    local: answer.count(),
    remote: answer.count(),
    disabled: answer.count(),
    registered: answer.count(),
  }),
  numbers: answer.record({
    free: answer.count(),
    assigned: answer.count(),
    reserved: answer.count(),
    quarantined: answer.count(),
  }),
  aliases: answer.count(),
  phones: answer.count(),
  operators: answer.count(),
};

export const stats = command({
  name: "stats",
  summary: "Count accounts, numbers by their state, aliases, phones and operators",
  description:
    "With --prometheus as text for node_exporter's textfile collector; with --json too it is the field content. Exact, and quick enough for a cron job every few minutes.",
  forOperators: true,
  params: { prometheus: toggle("as Prometheus text") },
  answers: { ...figures, content: answer.optional(answer.text()) },
  examples: [
    { command: "hermes stats" },
    {
      command: "hermes stats --prometheus > hermes.prom.new && mv hermes.prom.new hermes.prom",
      about: "never half a file for the collector",
    },
  ],
  async run(cli, { prometheus }) {
    const hermes = await cli.hermes();
    const counted = await hermes.run(cli.caller, {
      access: "limited_read",
      answers: figures,
      body: ({ stats }, { now }) => stats.figures(now),
    });
    if (!prometheus) return success({ ...counted });
    const content = prometheusText(counted);
    if (cli.flags.json) return success({ content });
    await write(cli.io.stdout, content);
    return 0;
  },
});
