import { succeeded } from "../../model/envelope";
import { inputFile } from "../../params/file";
import { optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { toggle } from "../../params/types";
import { command, trial } from "../command";
import { exitStatus } from "../exit-status";
import { inGroups } from "../input/groups";
import { requestLines } from "../input/requests";
import { inputStream } from "../input/stream";
import { write } from "../io";

/** Requests that share a transaction: enough to save commits, few enough to hold no lock for long. */
const GROUP = 300;

export const batch = command({
  name: "batch",
  summary: "Call API nodes by the line: NDJSON in, NDJSON out",
  description:
    'A line is {"node":"user/get","params":{"user":"alice@example.org"},"id":1}; id is optional. Answered in order, as lines come, by {"line":1,"id":1,"response":{…}} with the node\'s envelope. A line that is refused costs only itself.',
  forOperators: true,
  params: {
    file: optional(
      positional(inputFile("the requests; - or none is standard input", "requests.ndjson")),
    ),
    atomic: toggle("all or nothing, in one transaction"),
    stop_on_failure: toggle("leave off at the first line that is refused"),
    continue: toggle("go on after a refused line; so it is unless said otherwise"),
    dry_run: trial,
  },
  relations: [atMostOne("stop_on_failure", "continue")],
  examples: [
    { command: "hermes batch requests.ndjson" },
    { command: `echo '{"node":"numbers/add","params":{"number":"+4712345000"}}' | hermes batch` },
  ],
  async run(cli, { file = "-", atomic, stop_on_failure: stop, dry_run: dryRun }) {
    const hermes = await cli.hermes();
    const { caller } = cli;
    const options = { atomic, stop, dryRun, confirm: async () => cli.flags.yes };
    let worst = 0;
    const input = await inputStream(cli.io, file);
    const groups = inGroups(requestLines(input), atomic ? Number.POSITIVE_INFINITY : GROUP);
    try {
      for await (const group of groups) {
        const requests = group.map(({ request }) => request);
        const answers = await hermes.batch(requests, caller, options);
        const said = answers.map((response, index) => {
          const { line, id } = group[index] ?? {};
          return `${JSON.stringify({ line, id, response })}\n`;
        });
        await write(cli.io.stdout, said.join(""));
        for (const answer of answers) worst = Math.max(worst, exitStatus(answer));
        if (stop && !answers.every(succeeded)) break;
      }
    } finally {
      input.close();
    }
    return worst;
  },
});
