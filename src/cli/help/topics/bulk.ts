import { BULK_FORMATS } from "../../../bulk/choices";
import type { Topic } from "../../grammar";

export const bulk: Topic = {
  name: "bulk",
  summary: "Accounts, numbers, aliases and phones by the file",
  body: () => [
    "user, numbers, alias and phone have import and export. hermes help user import tells the columns; what export writes, import reads.",
    `The form is ${BULK_FORMATS.join(", ")}. CSV has a header with the API's names of parameters (RFC 4180, UTF-8); NDJSON has one object a line; lines, of numbers only, have one a line, and # begins a remark. Left out, --format is guessed from the file's name or its first character.`,
    "An import is one transaction: after a crash, kill -9 or Ctrl-C nothing of it is done. A row that is refused costs only itself; --rejects FILE gets it with the reason, to be mended and imported. The exit status is 1 where one was.",
    "Of a row whose subject is there already:",
    [
      ["--if-exists fail", "it is rejected, as without the flag"],
      ["--if-exists skip", "it is passed over"],
      ["--if-exists update", "what the row names is changed, and nothing emptied"],
    ],
    "What an empty cell leaves out gets the default that user add-local gives; permittedcalls and linetext, there and empty, say nothing on purpose. An import holds the write lock until its end: feed it a file, not a slow pipe.",
    "Exports hold passwords and digests: keep them to yourself.",
    {
      examples: [
        {
          command: "hermes user import users.csv --dry-run --json",
          about: "does everything, and undoes it",
        },
        { command: "hermes alias import aliases.csv --if-exists update" },
        { command: "(umask 077; hermes user export > users.csv)" },
        { command: "hermes numbers export | gzip > numbers.txt.gz" },
        {
          command: "hermes user export --format ndjson | jq -r 'select(.email == null).user'",
          about: "who has no mail address",
        },
      ],
    },
  ],
};
