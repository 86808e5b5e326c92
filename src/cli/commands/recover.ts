import * as answer from "../../answers";
import { answer as success } from "../../model/envelope";
import { command } from "../command";

export const dbRecover = command({
  name: "db/recover",
  summary: "Finish what a crash has cut short between two servers",
  description:
    "Where Kamailio's tables are on another server than provisioning, a write that was cut short may stand prepared there, and keep rows locked. Each is committed where provisioning has it, and else rolled back. The next write does the same by itself with what is older than a minute. On one server there is never anything to do.",
  params: {},
  answers: {
    recovered: answer.list(
      answer.record({
        id: answer.text(),
        node: answer.nullable(answer.text()),
        subject: answer.nullable(answer.text()),
        outcome: answer.oneOf(["committed", "rolled back", "in progress"]),
      }),
    ),
  },
  examples: [{ command: "hermes db recover" }],
  async run(cli) {
    const hermes = await cli.hermes();
    return success({ recovered: [...(await hermes.owner.recover())] });
  },
});
