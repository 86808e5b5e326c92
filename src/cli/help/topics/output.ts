import type { Row, Topic } from "../../grammar";
import { OUTPUT_FORMATS, type OutputFormat } from "../../output/format";

const FORMS: Readonly<Record<OutputFormat, string>> = {
  table: "the table of a terminal, wherever it goes",
  csv: "a header and a row a line (RFC 4180); values as JSON has them",
  ndjson: "a JSON value a line",
  json: "the whole answer as one JSON object, as --json has it",
};

export const output: Topic = {
  name: "output",
  summary: "What is printed, for people and for programs",
  body: () => [
    "The answer goes to standard output and nothing else does: notes, progress, questions and refusals go to standard error.",
    'With --json the answer is exactly one JSON object and a newline, refusals and wrong flags included: {"response": "ok", …}, or response failed, invalid or error with a keyword as cause and a sentence as detail.',
    "Without it people read sentences and tables, as wide as the terminal. In a pipe or a file numbers have no blanks in them, and times are UTC (ISO 8601).",
    "A list in a pipe is TSV: a line for each row, a tab between columns, no header. The columns are those that the command's help names at --columns, in that order, and every row has the same ones: a value that is missing leaves its column empty, and what is behind it does not move. A tab or a line break within a value is written \\t or \\n.",
    "Columns that a request has no use for are left out of every row: numbers list has a start only with --ranges. With --columns there are exactly those that you name, so scripts had better name them.",
    "Flags of every list:",
    [
      ...OUTPUT_FORMATS.map((format): Row => [`-o ${format}`, FORMS[format]]),
      ["--columns A,B", "only these columns, in this order"],
      [
        "--sort A,-B",
        "by these columns, -B from the last to the first; the list is read whole before it is shown",
      ],
    ],
    "Where an answer has more to it than its list, as audit show has, -o csv and -o ndjson give the list alone. Exports have -o, too.",
    "What is longer than the screen is read in a pager, on a terminal only: HERMES_PAGER, else PAGER, else less; q leaves it. With --no-pager, or where the variable is empty or cat, it is printed as it is.",
    "Colours are for terminals. There are none with --no-color, where NO_COLOR is set to anything, or where TERM is dumb.",
    "Passwords and digests are masked unless this very command has made them, or --show-secrets is given. JSON and CSV have them as they are.",
    {
      examples: [
        { command: "hermes user list | cut -f1", about: "addresses alone" },
        { command: "hermes numbers list --state all --columns number,state,until" },
        { command: "hermes audit list --since 7d -o csv > changes.csv" },
        { command: "hermes user list --sort displayname --no-pager" },
      ],
    },
  ],
};
