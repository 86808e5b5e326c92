import { succeeded } from "../../model/envelope";
import { optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { text, toggle } from "../../params/types";
import { command } from "../command";
import { exitStatus } from "../exit-status";
import { inGroups } from "../input/groups";
import { requestLines } from "../input/requests";
import { inputStream } from "../input/stream";
import { write } from "../io";

/** Requests that share a transaction: enough to save commits, few enough to hold no lock for long. */
const GROUP = 300;

export const batch = command({
  path: ["batch"],
  summary: "Call API nodes by the line: NDJSON in, NDJSON out",
  description:
    'A line is {"node":"user/get","params":{"user":"alice@example.org"},"id":1}; id is optional. Answered in order, as lines come, by {"line":1,"id":1,"response":{…}} with the node\'s envelope. A line that is refused costs only itself.',
  params: {
    file: optional(
      positional(text("the requests; - or none is standard input", "requests.ndjson")),
    ),
    atomic: toggle("all or nothing, in one transaction"),
    stop_on_failure: toggle("leave off at the first line that is refused"),
    continue: toggle("go on after a refused line; so it is unless said otherwise"),
    dry_run: toggle("do everything, say what it would come to, and undo it"),
  },
  relations: [atMostOne("stop_on_failure", "continue")],
  examples: [
    { command: "hermes batch requests.ndjson" },
    { command: `echo '{"node":"numbers/add","params":{"number":"+4712345000"}}' | hermes batch` },
  ],
  async run(cli, { file = "-", atomic, stop_on_failure: stop, dry_run: dryRun }) {
    const hermes = await cli.hermes();
    const options = { atomic, stop, dryRun, confirm: async () => cli.flags.yes };
    let worst = 0;
    const lines = requestLines(await inputStream(cli.io, file));
    for await (const group of inGroups(lines, atomic ? Number.POSITIVE_INFINITY : GROUP)) {
      const requests = group.map(({ request }) => request);
      const answers = await hermes.batch(requests, cli.caller, options);
      const said = answers.map((response, index) => {
        const { line, id } = group[index] ?? {};
        return `${JSON.stringify({ line, id, response })}\n`;
      });
      await write(cli.io.stdout, said.join(""));
      const statuses = answers.map(exitStatus);
      worst = Math.max(worst, ...statuses);
      if (stop && !answers.every(succeeded)) break;
    }
    return worst;
  },
});
