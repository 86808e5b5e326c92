import * as answer from "../../answers";
import { type Fields, answer as success } from "../../model/envelope";
import { critical, invalid } from "../../model/refusal";
import { systemReason } from "../../model/system-reason";
import { file } from "../../params/file";
import { positional } from "../../params/param";
import { toggle } from "../../params/types";
import { command, trial } from "../command";
import { progressBar } from "../progress";

const answers = {
  file: answer.text(),
  format: answer.number(),
  counts: answer.map(answer.count()),
};

export const dbBackup = command({
  name: "db/backup",
  summary: "Write everything that Hermes manages into one file",
  description:
    "One consistent moment of both databases, while others write on. Passwords and keys' digests are in it: the file is its owner's alone. It is complete or not there at all. The record of changes is not in it.",
  params: { file: positional(file("the file to write", "hermes.backup")) },
  answers,
  examples: [{ command: "hermes db backup /var/backups/hermes.backup" }],
  async run(cli, { file }) {
    const { backUp, FORMAT } = await import("../../backup");
    const hermes = await cli.hermes();
    const counts = await hermes.run(cli.caller, {
      access: "read_write",
      body: (stores) =>
        backUp(stores, file).catch((error) => {
          throw isOfFile(error)
            ? critical("output", `Can't write ${file}: ${systemReason(error)}. There is no backup.`)
            : error;
        }),
    });
    return success({ file, format: FORMAT, counts });
  },
});

export const dbRestore = command({
  name: "db/restore",
  summary: "Put everything of a backup back, into either kind of database",
  description:
    "Where there is nothing yet, or with --replace in the place of what is there; domains and their servers are added or updated, never taken away. A file that was cut short or altered is refused before anything is written. All of it is one transaction and one record, which undo takes back.",
  params: {
    file: positional(file("a file that db backup has written", "hermes.backup")),
    replace: toggle("take away what is there"),
    dry_run: trial,
  },
  answers: { ...answers, inuse: answer.optional(answer.count({ label: "in use" })) },
  examples: [
    { command: "hermes db restore /var/backups/hermes.backup" },
    { command: "hermes db restore /var/backups/hermes.backup --replace" },
  ],
  async run(cli, { file, replace, dry_run: dryRun }) {
    const { Backup, FORMAT, keepsWriter, present, restore, restoreThings } = await import(
      "../../backup"
    );
    const backup = await Backup.open(file);
    const progress = progressBar(cli);
    try {
      const hermes = await cli.hermes();
      const { counts } = backup;
      if (replace && !dryRun && cli.interactive && !cli.flags.yes) {
        const found = await hermes.run(cli.caller, { access: "read_write", body: present });
        const gone = found.length === 0 ? "nothing" : `every ${found.join(", ")}`;
        if (!(await cli.confirm(`This takes away ${gone} and puts ${file} in its place. Go on?`))) {
          throw invalid("confirmation", "Nothing was done: say yes with --yes.");
        }
      }
      const inuse = await hermes.run(cli.caller, {
        access: "read_write",
        locks: restoreThings.locks,
        trial: dryRun,
        progress: progress.update,
        audit: { node: "db/restore", subject: file, params: { replace } },
        body: (stores, context) =>
          restore(stores, backup, {
            ...{ replace, keepWriter: keepsWriter(hermes.config) },
            progress: context.progress,
          }),
      });
      const fields: Fields = { file, format: FORMAT, counts };
      if (inuse > 0) fields.inuse = inuse;
      if (dryRun) fields.dry_run = true;
      return success(fields);
    } finally {
      progress.stop();
      await backup.close();
    }
  },
});

/** An error of the file system's: no database has such a code and path. */
const isOfFile = (error: unknown) =>
  error instanceof Error && "syscall" in error && !("sqlMessage" in error);
