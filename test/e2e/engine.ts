import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { type Environment, userConfigFile } from "../../src/config/paths";
import { attachMariadb, type KamailioShape } from "../support/mariadb.js";
import { temporaryHome } from "../support/temporary-home";
import { type Batch, type Hermes, hermesBatch, hermesCommand, ok } from "./hermes.js";

/** A database that Kamailio runs on and Hermes writes to. */
export interface Engine {
  /** As Kamailio's configuration has it. */
  readonly kamailioDbUrl: string;
  readonly permittedcallsColumn: boolean;
  readonly hermes: Hermes;
  readonly batch: Batch;
  /** Writes Hermes' configuration file; what the environment says stands above it. */
  configure(toml: string): void;
  /** Makes a domain one of the site's; a running Kamailio has to be told (domain.reload). */
  addDomain(domain: string): Promise<void>;
  stop(): Promise<void>;
}

// Not UTC, and the same for Kamailio and Hermes, as on any host: Kamailio writes local times.
export const timezone = "America/St_Johns";

/** The embedded file, which Kamailio opens with db_sqlite. */
export async function sqliteEngine(): Promise<Engine & { file: string }> {
  const home = await temporaryHome();
  const file = join(home.folder, "data", "hermes", "hermes.db");
  const env = { ...home.env, TZ: timezone };
  const hermes = hermesCommand(env);
  return {
    file,
    kamailioDbUrl: `sqlite://${file}`,
    permittedcallsColumn: false,
    hermes,
    batch: hermesBatch(env),
    configure: (toml) => writeConfiguration(home.env, toml),
    addDomain: async (domain) => {
      await ok(hermes("init", "--embedded", "--domain", domain));
    },
    stop: home.remove,
  };
}

/** A site's own MariaDB with the stock tables. */
export async function mariadbEngine(shape: KamailioShape = "v7"): Promise<Engine> {
  const home = await temporaryHome();
  const server = attachMariadb(inject("mariadb"));
  const databases = await server.createKamailio(shape, { createProvisioning: true });
  const env = {
    ...home.env,
    TZ: timezone,
    HERMES_KAMAILIO_URL: databases.kamailioUrl,
    HERMES_PROVISIONING_URL: databases.provisioningUrl,
  };
  const hermes = hermesCommand(env);
  await ok(hermes("db", "migrate"));
  return {
    kamailioDbUrl: databases.kamailioUrl,
    permittedcallsColumn: shape === "permittedcalls",
    hermes,
    batch: hermesBatch(env),
    configure: (toml) => writeConfiguration(home.env, toml),
    async addDomain(domain) {
      await server.query(`INSERT INTO ${databases.kamailio}.domain (domain) VALUES (?)`, [domain]);
      const servers = ["--registrar", domain, "--r-port", "5060", "--proxy", domain];
      const phones = ["--p-port", "5060", "--prov-url", `https://${domain}/hermes/prov`];
      await ok(hermes("domain", "set-servers", domain, ...servers, ...phones));
    },
    async stop() {
      await server.drop([databases.kamailio, databases.provisioning]);
      await server.stop();
      await home.remove();
    },
  };
}

function writeConfiguration(env: Environment, toml: string): void {
  const file = userConfigFile(env);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, toml);
}
