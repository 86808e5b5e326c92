import * as answer from "../../answers";
import { siteOf } from "../../config/load";
import { embeddedFile } from "../../config/paths";
import { answer as success } from "../../model/envelope";
import { critical } from "../../model/refusal";
import { file } from "../../params/file";
import { invalidParameters, optional } from "../../params/param";
import { flagName } from "../../params/read";
import { several } from "../../params/several";
import { domain, text, toggle } from "../../params/types";
import type { Wizard } from "../../site/wizard";
import type { Cli } from "../cli";
import { command } from "../command";

const ADDRESS_MAX = 1000;
const databaseUrl = (about: string, example: string) =>
  optional({
    ...text(about, example, { max: ADDRESS_MAX }),
    inputs: (key: string) => [{ name: key, placeholder: "URL", about }],
  });

export const init = command({
  name: "init",
  summary: "Set Hermes up",
  description:
    "Beside a Kamailio: finds its database by /etc/kamailio/kamctlrc or kamcli.ini, makes the provisioning database and a MySQL user of Hermes' own where it may (and prints the SQL where it may not), gives domains default servers, and writes the configuration. With --embedded: makes the embedded database and adds the domains. Running it again changes nothing that exists.",
  params: {
    embedded: toggle("use the embedded database, one SQLite file"),
    domain: several(domain("a domain to serve; may be given several times")),
    kamctlrc: optional(file("read this file, not kamctl's own", "/etc/kamailio/kamctlrc")),
    kamailio_url: databaseUrl(
      "Kamailio's database",
      "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio",
    ),
    provisioning_url: databaseUrl(
      "the provisioning database; without a password, user and database are made",
      "mysql://hermes@127.0.0.1:3306/hermes",
    ),
    admin_url: databaseUrl(
      "who may create the database and the user",
      "mysql://root:secret@127.0.0.1:3306/",
    ),
    rpc: databaseUrl("how to reach the running Kamailio", "unix:/run/kamailio/kamailio_rpc.sock"),
    write: optional(file("write the configuration here", "/etc/hermes/config.toml")),
  },
  answers: { config: answer.nullable(answer.text()), domains: answer.list(answer.text()) },
  examples: [
    { command: "hermes init", about: "asks" },
    { command: "hermes init --yes", about: "takes what it finds" },
    { command: "hermes init --kamailio-url mysql://kamailio:kamailiorw@db1:3306/kamailio" },
    { command: "hermes init --embedded --domain example.org" },
  ],
  async run(cli, params) {
    if (params.embedded) return initEmbedded(cli, params);
    const { setUpSite } = await import("../../site/set-up");
    const fields = await setUpSite(
      {
        env: cli.io.env,
        file: params.write ?? cli.flags.config ?? (cli.io.env.HERMES_CONFIG || undefined),
        site: cli.flags.site ?? siteOf(cli.io.env),
        kamctlrc: params.kamctlrc,
        kamailioUrl: params.kamailio_url,
        provisioningUrl: params.provisioning_url,
        adminUrl: params.admin_url,
        domains: params.domain ?? [],
        rpc: params.rpc,
      },
      wizardOf(cli),
    );
    return success(fields);
  },
});

async function initEmbedded(
  cli: Cli,
  {
    domain: domains = [],
    embedded: _,
    ...others
  }: { domain?: string[] | undefined; embedded: boolean },
) {
  const [stray] = Object.keys(others);
  if (stray !== undefined) {
    throw invalidParameters(`${flagName(stray)} has no place beside --embedded.`);
  }
  const hermes = await cli.hermes();
  if (hermes.config.kamailio.kind !== "sqlite") {
    throw critical(
      "config",
      `The configuration names another database, not the embedded one. Without it: ${embeddedFile(cli.io.env)}`,
    );
  }
  const { setUpEmbedded } = await import("../../site/embedded");
  const { domains: list, next } = await setUpEmbedded(hermes.owner, domains);
  return success({
    config: hermes.config.file ?? null,
    database: hermes.config.kamailio.file,
    domains: list,
    next,
  });
}

/** The person at the terminal, asked by prompts on stderr. */
function wizardOf(cli: Cli): Wizard {
  const prompts = () => import("../prompts");
  return {
    interactive: cli.interactive,
    yes: cli.flags.yes,
    say: (line) => cli.notice(line),
    confirm: async (question) => (await prompts()).askYesNo(cli.io, question),
    text: async (...asked) => (await prompts()).askText(cli.io, ...asked),
    secret: async (...asked) => (await prompts()).askSecret(cli.io, ...asked),
    choose: async (question, choices) => (await prompts()).askChoice(cli.io, question, choices),
  };
}
