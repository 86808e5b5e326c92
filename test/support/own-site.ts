import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runHermes } from "./hermes-process";
import { type KamailioDatabases, type OwnServer, startMariadb } from "./mariadb";
import { temporaryHome } from "./temporary-home";

/** A site on a server of a test's own, which may be frozen or killed. */
export interface OwnSite {
  readonly server: OwnServer;
  readonly databases: KamailioDatabases;
  /** What a process of this site must have in its environment. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
}

/** Its tables are made; `connectTimeout` (seconds) is its configuration's. */
export async function startOwnSite(connectTimeout: number): Promise<OwnSite> {
  const server = await startMariadb();
  const home = await temporaryHome();
  const databases = await server.createKamailio("v7");
  const env = {
    ...home.env,
    HERMES_KAMAILIO_URL: databases.kamailioUrl,
    HERMES_PROVISIONING_URL: databases.provisioningUrl,
  };
  const folder = join(home.env.XDG_CONFIG_HOME, "hermes");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.toml"), `[database]\nconnect_timeout = ${connectTimeout}\n`);
  await runHermes(["db", "migrate"], { env });
  return {
    server,
    databases,
    env,
    async stop() {
      // One that is frozen can't end.
      server.signal("SIGCONT");
      await server.stop();
      await home.remove();
    },
  };
}
