import * as answer from "../../answers";
import { BULK_FORMATS, type BulkFormat } from "../../bulk/choices";
import type { Source } from "../../bulk/input";
import type { BulkName } from "../../bulk/kinds";
import { type Envelope, answer as success } from "../../model/envelope";
import { IF_EXISTS, type IfExists } from "../../model/if-exists";
import { Rows } from "../../model/rows";
import { file, inputFile } from "../../params/file";
import { invalidParameters, optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { choice, matching } from "../../params/types";
import type { Cli } from "../cli";
import { type Command, command, trial } from "../command";
import { STDIN, wholeInput } from "../input/stream";
import { write } from "../io";
import type { ListView } from "../list-view";
import { OUTPUT_FORMATS, type OutputFormat } from "../output/format";
import type { RejectsFile } from "../output/rejects-file";
import { visibleLines } from "../output/visible";
import { progressBar } from "../progress";

/** Bytes whose import takes about a second, and more. */
const LONG = 1_000_000;

interface Words {
  readonly name: BulkName;
  readonly things: string;
  /** Which columns there are, and how a row without one is taken. */
  readonly columns: string;
  readonly file: string;
  readonly searched: string;
}

const WORDS: readonly Words[] = [
  {
    name: "user",
    things: "accounts",
    columns:
      "Columns: user (or username and domain), displayname, email, password and the others that user get shows. Where there is no password, one is made; an account with ha1 instead of a password keeps its digests. Accounts of other domains are remote and need a registrar and a password.",
    file: "users.csv",
    searched: "*@example.org",
  },
  {
    name: "numbers",
    things: "numbers of the pool",
    columns: "Column: number; or one number a line, # and what follows it passed over.",
    file: "numbers.txt",
    searched: "+4712*",
  },
  {
    name: "alias",
    things: "aliases",
    columns: "Columns: alias, destination.",
    file: "aliases.csv",
    searched: "+47*",
  },
  {
    name: "phone",
    things: "phones and their accounts",
    columns:
      "Columns: mac, user; vendor and model where the phone is to be configured (see phone vendors).",
    file: "phones.csv",
    searched: "f00ba2*",
  },
];

/** The commands that a family of nodes has for many rows at once. */
export function bulkCommands(family: string): Command[] {
  return WORDS.filter(({ name }) => name === family).flatMap((words) => [
    importCommand(words),
    exportCommand(words),
  ]);
}

const importCommand = ({ name, things, columns, file: example }: Words) =>
  command({
    name: `${name}/import`,
    summary: `Import ${things} from CSV${name === "numbers" ? ", NDJSON or lines" : " or NDJSON"}`,
    description: `${columns} All of it is one transaction; a rejected row costs only itself.`,
    forOperators: true,
    params: {
      file: optional(positional(inputFile("what to read; - or none is standard input", example))),
      format: optional(choice("the input's format; left out, as it looks", "FORMAT", BULK_FORMATS)),
      if_exists: optional(
        choice("reject rows that are there (fail), pass over them, or update", "ACTION", IF_EXISTS),
      ),
      rejects: optional(
        file("a file for rejected rows, with the reason, to be mended and imported", example),
      ),
      dry_run: trial,
    },
    answers: answer.tally,
    examples: [
      { command: `hermes ${name} import ${example} --rejects rejected-${example}` },
      { command: `hermes ${name} import --if-exists skip < ${example}` },
    ],
    run: (cli, params) =>
      runImport(cli, name, { ...params, ifExists: params.if_exists, dryRun: params.dry_run }),
  });

const exportCommand = ({ name, things, searched }: Words) =>
  command({
    name: `${name}/export`,
    summary: `Export ${things} in the form that ${name} import reads`,
    forOperators: true,
    params: {
      format: optional(
        choice(
          `the format; left out, ${name === "numbers" ? "lines" : "csv"}`,
          "FORMAT",
          BULK_FORMATS,
        ),
      ),
      output: optional(
        choice("the same, as other lists have it: json is one object, table for people", "FORMAT", [
          ...OUTPUT_FORMATS,
          ...(name === "numbers" ? (["lines"] as const) : []),
        ]),
      ),
      search: optional(matching("only those that match", searched)),
    },
    relations: [atMostOne("format", "output")],
    examples: [
      { command: `hermes ${name} export > ${name}.${name === "numbers" ? "txt" : "csv"}` },
      { command: `hermes ${name} export --format ndjson --search '${searched}'` },
    ],
    run: (cli, { format, output, search }) =>
      runExport(cli, name, output ?? format ?? (name === "numbers" ? "lines" : "csv"), search),
  });

const EXPORTED = {
  list: answer.rows(
    answer.map(answer.anything(), {
      password: answer.secret(),
      ha1: answer.secret(),
      ha1b: answer.secret(),
    }),
  ),
};

interface ImportFlags {
  readonly file?: string | undefined;
  readonly format?: BulkFormat | undefined;
  readonly ifExists?: IfExists | undefined;
  readonly rejects?: string | undefined;
  readonly dryRun: boolean;
}

async function runImport(
  cli: Cli,
  name: BulkName,
  { file = STDIN, format, ifExists = "fail", rejects, dryRun }: ImportFlags,
): Promise<Envelope> {
  const [{ bulkKinds }, { beginningOf, guessFormat, openReader }, { importRows }] =
    await Promise.all([
      import("../../bulk/kinds"),
      import("../../bulk/format"),
      import("../../bulk/import"),
    ]);
  const kind = bulkKinds[name];
  // All that is to come is waited for now: a transaction under way would hold up others meanwhile.
  const input = await wholeInput(cli.io, file);
  const progress = progressBar(cli);
  let rejectsFile: RejectsFile | undefined;
  try {
    const chosen = format ?? guessFormat(file, await beginningOf(input.read()), kind);
    const hermes = await cli.hermes();
    rejectsFile = await openRejects(rejects);
    const importer = await kind.importer(ifExists, hermes.config);
    const { tally, first } = await hermes.run(cli.caller, {
      access: "read_write",
      locks: importer.rule.locks,
      progress: progress.update,
      trial: dryRun,
      long: input.size >= LONG,
      audit: {
        node: `${name}/import`,
        subject: file,
        params: { format: chosen, if_exists: ifExists },
      },
      body: async (stores, context) => {
        const { source, bytes } = counted(input.read());
        await rejectsFile?.restart();
        const imported = await importRows(stores, importer, {
          reader: openReader(chosen, kind),
          source,
          rejects: (rows) => rejectsFile?.write(rows) ?? Promise.resolve(),
          progress: (read) => {
            const share = bytes() / input.size;
            if (share > 0) context.progress(read, Math.max(read, Math.round(read / share)));
          },
        });
        await rejectsFile?.settle();
        return imported;
      },
    });
    await rejectsFile?.keep();
    const fields = { ...tally, ...(dryRun ? { dry_run: true } : {}) };
    return tally.rejected === 0
      ? success(fields)
      : {
          response: "failed",
          cause: "rejected",
          detail: `${tally.rejected} of ${tally.read} rows ${tally.rejected === 1 ? "was" : "were"} rejected. ${sentence(`The first, ${first}`)}${rejects === undefined ? "" : ` All of them: ${rejects}`}`,
          ...fields,
        };
  } catch (error) {
    await rejectsFile?.discard();
    throw error;
  } finally {
    progress.stop();
    await input.close();
  }
}

async function runExport(
  cli: Cli,
  name: BulkName,
  format: BulkFormat | OutputFormat,
  search: string | undefined,
): Promise<number> {
  const [{ bulkKinds }, { formatted }] = await Promise.all([
    import("../../bulk/kinds"),
    import("../../bulk/export"),
  ]);
  const kind = bulkKinds[name];
  if (format === "lines" && kind.line === undefined) {
    throw invalidParameters("Only numbers go one a line. Give --format csv or ndjson.");
  }
  const hermes = await cli.hermes();
  return hermes.run(cli.caller, {
    access: kind.exportAccess,
    body: async (stores) => {
      const exported = kind.exported(stores, search);
      // One JSON object was asked for: then that is what there is.
      if (cli.flags.json || format === "json" || format === "table") {
        const list = new Rows(exported.rows as never);
        const view: ListView = { format: format === "table" ? "table" : "json" };
        return cli.say(success({ list }), { answers: EXPORTED, view });
      }
      const { stdout, isTerminal } = cli.io;
      for await (const piece of formatted(exported, format)) {
        await write(stdout, isTerminal.stdout ? visibleLines(piece) : piece);
      }
      return 0;
    },
  });
}

async function openRejects(file: string | undefined) {
  if (file === undefined) return undefined;
  const { RejectsFile } = await import("../output/rejects-file");
  return RejectsFile.open(file);
}

/** A source, and how much of it was read. */
function counted(source: Source): { source: Source; bytes: () => number } {
  let bytes = 0;
  async function* counting() {
    for await (const chunk of source) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { source: counting(), bytes: () => bytes };
}

const sentence = (text: string) => (/[.?!]$/.test(text) ? text : `${text}.`);
