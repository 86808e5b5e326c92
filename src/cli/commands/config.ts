import * as answer from "../../answers";
import { formatDatabaseUrl } from "../../config/database-url";
import { configFile } from "../../config/load";
import { formatDuration } from "../../model/duration";
import { answer as success } from "../../model/envelope";
import { command } from "../command";
import { write } from "../io";

export const configShow = command({
  name: "config/show",
  summary: "Show the configuration as it applies, from file, environment and defaults",
  description:
    "With --site, or HERMES_SITE, that of one of the file's sites. Passwords are masked unless --show-secrets is given.",
  params: {},
  answers: {
    config: answer.nullable(answer.text()),
    site: answer.nullable(answer.text()),
    embedded: answer.flag(),
    kamailio: answer.record({ url: answer.text(), rpc: answer.nullable(answer.text()) }),
    provisioning: answer.record({ url: answer.text() }),
    defaults: answer.record({
      domain: answer.nullable(answer.text()),
      permission: answer.permission(),
      password_length: answer.number(),
      quarantine: answer.text(),
    }),
    database: answer.record({
      connect_timeout: answer.number(),
      lock_timeout: answer.number(),
      statement_timeout: answer.number(),
    }),
    auth: answer.record({
      mode: answer.text(),
      key_lifetime: answer.number(),
      session_lifetime: answer.number(),
      session_max: answer.number(),
    }),
    phones: answer.record({
      templates: answer.nullable(answer.text()),
      out: answer.nullable(answer.text()),
      time_zone: answer.nullable(answer.text()),
      codecs: answer.list(answer.text()),
      transport: answer.text(),
    }),
  },
  examples: [{ command: "hermes config show" }],
  async run(cli) {
    const { flags } = cli;
    const config = await cli.configuration();
    const { kamailio, provisioning, defaults, database, auth, phones } = config;
    return success({
      config: config.file ?? null,
      site: config.site ?? null,
      embedded: config.embedded,
      kamailio: {
        url: formatDatabaseUrl(kamailio, flags.show_secrets),
        rpc: config.rpc ?? null,
      },
      provisioning: { url: formatDatabaseUrl(provisioning, flags.show_secrets) },
      defaults: {
        domain: defaults.domain ?? null,
        permission: defaults.permission,
        password_length: defaults.passwordLength,
        quarantine: formatDuration(defaults.quarantine),
      },
      database: {
        connect_timeout: database.connectTimeout,
        lock_timeout: database.lockTimeout,
        statement_timeout: database.statementTimeout,
      },
      auth: {
        mode: auth.mode,
        key_lifetime: auth.keyLifetime,
        session_lifetime: auth.sessionLifetime,
        session_max: auth.sessionMax,
      },
      phones: {
        templates: phones.templates ?? null,
        out: phones.out ?? null,
        time_zone: phones.timeZone ?? null,
        codecs: phones.codecs,
        transport: phones.transport,
      },
    });
  },
});

export const configPath = command({
  name: "config/path",
  summary: "Print which configuration file applies",
  description: "Prints nothing where there is none: then the embedded database is used.",
  params: {},
  answers: { config: answer.nullable(answer.text()) },
  examples: [{ command: "hermes config path" }, { command: "$EDITOR $(hermes config path)" }],
  async run(cli) {
    const file = configFile(cli.io.env, cli.flags.config);
    if (cli.flags.json) return success({ config: file ?? null });
    if (file === undefined) cli.notice("There is no configuration file.");
    else await write(cli.io.stdout, `${file}\n`);
    return 0;
  },
});
