import * as answer from "../../answers";
import { answer as success } from "../../model/envelope";
import { failed } from "../../model/refusal";
import { counted } from "../../model/words";
import { toggle } from "../../params/types";
import { command } from "../command";
import { write } from "../io";

export const doctor = command({
  name: "doctor",
  summary: "Check that both databases fit together, and say what to do where not",
  description:
    "Changes nothing unless --fix is given: then it mends what needs nobody's judgement, each step named and confirmed (--yes for all), all in one transaction. Exit status 1 while there are findings.",
  params: { fix: toggle("mend what is safe to mend") },
  answers: answer.findings,
  examples: [
    { command: "hermes doctor" },
    { command: "hermes doctor --json", about: "for monitoring" },
    { command: "hermes doctor --fix" },
  ],
  async run(cli, { fix }, { format }) {
    const { checks, examine, mend, mendableChecks } = await import("../../doctor/doctor");
    const hermes = await cli.hermes();
    let report = await examine(hermes, cli.caller);
    const fields: { fixed?: { check: string; mended: number }[] } = {};
    if (fix) {
      const agreed: ReturnType<typeof mendableChecks> = [];
      for (const check of mendableChecks(report)) {
        const question = `${check.mend.title} (${report.mendable[check.name]})?`;
        if (await cli.confirm(question)) agreed.push(check);
        else cli.notice(`Not done without a yes: ${check.mend.title}.`);
      }
      fields.fixed = agreed.length === 0 ? [] : await mend(hermes, cli.caller, agreed);
      if (agreed.length > 0) report = await examine(hermes, cli.caller);
    }
    const { findings, counts } = report;
    if (findings.length === 0) {
      if (cli.flags.json || format !== undefined || fields.fixed?.length) {
        return success({ ...fields, findings });
      }
      await write(cli.io.stdout, `All well: ${counted(checks, "check")}\n`);
      return 0;
    }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    throw failed(
      "findings",
      `${total} ${total === 1 ? "thing is" : "things are"} not as they should be.`,
      { ...fields, findings, counts },
    );
  },
});
