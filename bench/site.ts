import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KamailioDatabases, MariadbServer } from "../test/support/mariadb.js";
import { BARE, type Program, run } from "./process";

export const DOMAIN = "example.org";

/** Hermes on databases of its own, and a folder for whatever else a work needs. */
export interface Site {
  readonly folder: string;
  /** A path inside the folder. */
  file(name: string): string;
  hermes(...args: string[]): Program;
  remove(): Promise<void>;
}

export interface MariadbSite extends Site {
  readonly server: MariadbServer;
  /** Runs SQL in which `{kamailio}` and `{hermes}` stand for the databases' names. */
  sql<R>(text: string): Promise<R[]>;
  /** The mariadb client on a database of the site's. */
  client(database: "kamailio" | "hermes", ...args: string[]): Program;
  readonly databases: KamailioDatabases;
}

/** A Kamailio of the stock schema with one domain, and Hermes' tables, on the server. */
export async function mariadbSite(server: MariadbServer): Promise<MariadbSite> {
  const databases = await server.createKamailio("v7");
  const { kamailio, provisioning, kamailioUrl, provisioningUrl } = databases;
  const site = await siteOn(
    `[kamailio]\nurl = "${kamailioUrl}"\n[provisioning]\nurl = "${provisioningUrl}"\n`,
  );
  const sql = <R>(text: string) =>
    server.query<R>(text.replaceAll("{kamailio}", kamailio).replaceAll("{hermes}", provisioning));
  const { user, password, port } = server.facts;
  await run(site.hermes("db", "migrate"));
  await sql(`INSERT INTO {kamailio}.domain (domain) VALUES ('${DOMAIN}')`);
  await sql(`INSERT INTO {hermes}.servers (domain, registrar, r_port, proxy, p_port, prov_url)
    VALUES ('${DOMAIN}', '${DOMAIN}', 5060, '${DOMAIN}', 5060, 'https://${DOMAIN}/prov')`);
  const urls = (at: number) => ({
    HERMES_KAMAILIO_URL: kamailioUrl.replace(`:${port}/`, `:${at}/`),
    HERMES_PROVISIONING_URL: provisioningUrl.replace(`:${port}/`, `:${at}/`),
  });
  return {
    ...site,
    hermes(...args) {
      const program = site.hermes(...args);
      return { ...program, server: { port, env: (at) => ({ ...program.env, ...urls(at) }) } };
    },
    server,
    databases,
    sql,
    client: (database, ...args) => ({
      argv: [
        "mariadb",
        "--no-defaults",
        "--host=127.0.0.1",
        `--port=${port}`,
        `--user=${user}`,
        `--database=${database === "kamailio" ? kamailio : provisioning}`,
        "--local-infile=1",
        ...args,
      ],
      env: { ...BARE, MYSQL_PWD: password },
    }),
    async remove() {
      await server.drop([kamailio, provisioning]);
      await site.remove();
    },
  };
}

/** The embedded database. */
export async function embeddedSite(): Promise<Site & { readonly database: string }> {
  const site = await siteOn("# The embedded database.\n");
  await run(site.hermes("init", "--embedded", "--domain", DOMAIN));
  return { ...site, database: site.file("data/hermes/hermes.db") };
}

async function siteOn(config: string): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-bench-"));
  const file = (name: string) => join(folder, name);
  await writeFile(file("config.toml"), config, { mode: 0o600 });
  const env = {
    ...BARE,
    HOME: folder,
    HERMES_ETC: folder,
    HERMES_CONFIG: file("config.toml"),
    XDG_DATA_HOME: file("data"),
    XDG_STATE_HOME: file("state"),
  };
  return {
    folder,
    file,
    hermes: (...args) => ({ argv: [process.execPath, "bin/hermes.js", ...args], env }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
