import { formatDatabaseUrl } from "../../config/database-url";
import { embeddedFile } from "../../config/paths";
import { optional, positional } from "../../params/param";
import { domain } from "../../params/types";
import type { Cli } from "../cli";
import { command } from "../command";
import { type Io, write } from "../io";

const steps = (domain: string): [string, string[]][] => [
  ["Make the database and a domain in it", ["init", "--embedded", "--domain", domain]],
  [
    "Add local users: Kamailio can authenticate them from now on",
    [
      "user",
      "add-local",
      `alice@${domain}`,
      "--displayname",
      "Alice",
      "--email",
      `alice@${domain}`,
    ],
  ],
  ["", ["user", "add-local", `bob@${domain}`, "--displayname", "Bob", "--email", `bob@${domain}`]],
  [
    "Add an account at another provider, for a phone on the desk here",
    [
      ...["user", "add-remote", "carol@provider.example", "--displayname", "Carol"],
      ...["--password", "an-outside-secret", "--registrar", "sip.provider.example"],
    ],
  ],
  ["Load a range of numbers into the pool", ["numbers", "add-range", "+4712345000", "+4712345678"]],
  [
    "Give Alice a number, and four digits that colleagues can dial",
    ["numbers", "assign", "+4712345000", `alice@${domain}`],
  ],
  ["", ["alias", "add", `4224@${domain}`, `alice@${domain}`]],
  ["Put Alice's account on a desk phone", ["phone", "add", `alice@${domain}`, "f0:0b:a2:ba:5c:00"]],
  [
    "Say where she may call",
    ["permission", "set", `alice@${domain}`, "--flags", "EMERGENCY,INTERNAL,VOIP,NATIONAL"],
  ],
  ["And this is what there is now", ["user", "list"]],
  ["", ["user", "get", `alice@${domain}`]],
  ["", ["alias", "list", "--destination", `alice@${domain}`]],
  ["", ["phone", "get", `alice@${domain}`]],
  ["", ["numbers", "list", "--limit", "3"]],
];

export const quickstart = command({
  name: "quickstart",
  summary: "A guided run of the main job on the embedded database",
  description:
    "Every step is printed as the command that you could type, then its answer. Running it again says what was there already.",
  params: { domain: optional(positional(domain("the domain to make"))) },
  examples: [{ command: "hermes quickstart" }, { command: "hermes quickstart example.com" }],
  async run(cli, { domain = "example.org" }) {
    const { paint, useColor } = await import("../output/color");
    const { bold, dim } = await paint(useColor(cli.io, { noColor: cli.flags.no_color }));
    const say = (line: string) => write(cli.io.stdout, `${line}\n`);

    const io = await embedded(cli, say);
    let worst = 0;
    for (const [about, argv] of steps(domain)) {
      if (about !== "") await say(`\n${dim(`# ${about}`)}`);
      await say(bold(`$ hermes ${argv.map(shellWord).join(" ")}`));
      const status = await cli.program.run(argv, io);
      // 1 is what an answer like "exists already" comes to, and that is no failure here.
      if (status > 1) worst = Math.max(worst, status);
    }
    await say(`\n${dim("# The database is one file:")} ${embeddedFile(cli.io.env)}`);
    await say(`${dim("# What else there is:")} hermes --help`);
    return worst;
  },
});

/** The world as the steps see it: whatever is configured elsewhere, this is about the embedded database. */
async function embedded(cli: Cli, say: (line: string) => Promise<void>): Promise<Io> {
  const config = await cli.configuration();
  if (config.embedded) return answersTogether(cli.io, cli.io.env);
  const url = formatDatabaseUrl({ kind: "sqlite", file: embeddedFile(cli.io.env) });
  await say(`$ export HERMES_KAMAILIO_URL=${url}`);
  return answersTogether(cli.io, {
    ...cli.io.env,
    HERMES_KAMAILIO_URL: url,
    HERMES_PROVISIONING_URL: undefined,
    HERMES_SITE: undefined,
  });
}

/** Refusals stand where the reader looks: below their command. */
function answersTogether(io: Io, env: Io["env"]): Io {
  const { stdin, stdout, isTerminal } = io;
  return {
    stdin,
    stdout,
    stderr: stdout,
    env,
    isTerminal: { ...isTerminal, stderr: isTerminal.stdout },
    columns: io.columns,
  };
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
