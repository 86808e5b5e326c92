import { formatDatabaseUrl } from "../../config/database-url";
import { configFile, loadConfig } from "../../config/load";
import { answer } from "../../model/envelope";
import { command } from "../command";
import { write } from "../io";

export const configShow = command({
  name: "config/show",
  summary: "Show the configuration as it applies, from file, environment and defaults",
  description: "Passwords are masked unless --show-secrets is given.",
  params: {},
  answers: ["config", "embedded", "kamailio", "provisioning", "defaults", "auth"],
  examples: [{ command: "hermes config show" }],
  async run({ io, flags }) {
    const config = await loadConfig(io.env, flags.config);
    const { kamailio, provisioning, defaults, auth } = config;
    return answer({
      config: config.file ?? null,
      embedded: config.embedded,
      kamailio: {
        url: formatDatabaseUrl(kamailio, flags.show_secrets),
        rpc: config.rpc ?? null,
      },
      provisioning: { url: formatDatabaseUrl(provisioning, flags.show_secrets) },
      defaults: { permission: defaults.permission, password_length: defaults.passwordLength },
      auth: {
        mode: auth.mode,
        key_lifetime: auth.keyLifetime,
        session_lifetime: auth.sessionLifetime,
      },
    });
  },
});

export const configPath = command({
  name: "config/path",
  summary: "Print which configuration file applies",
  description: "Prints nothing where there is none: then the embedded database is used.",
  params: {},
  answers: ["config"],
  examples: [{ command: "hermes config path" }, { command: "$EDITOR $(hermes config path)" }],
  async run(cli) {
    const file = configFile(cli.io.env, cli.flags.config);
    if (cli.flags.json) return answer({ config: file ?? null });
    if (file === undefined) cli.notice("There is no configuration file.");
    else await write(cli.io.stdout, `${file}\n`);
    return 0;
  },
});
