import { join } from "node:path";
import Database from "libsql";
import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import type { Config } from "../../src/config/config";
import { loadConfig } from "../../src/config/load";
import { type Hermes, openHermes } from "../../src/hermes";
import type { Envelope } from "../../src/model/envelope";
import { asDeclared } from "./declared";
import { attachMariadb, type KamailioOptions, type KamailioShape } from "./mariadb.js";
import { temporaryHome } from "./temporary-home";

/** The embedded file, or a MariaDB with Kamailio's tables in one of their shapes. */
export type Shape = "embedded" | KamailioShape;

export const shapes: readonly Shape[] = ["embedded", "v7", "v6", "permittedcalls"];

export const DOMAIN = "example.org";
/** One of Kamailio's domains that has no default servers. */
export const BARE_DOMAIN = "bare.example.org";

export type Row = Record<string, unknown>;

/** Both databases of a site, the core on them, and a back door into the tables. */
export interface Site {
  readonly shape: Shape;
  readonly kind: "sqlite" | "mysql";
  readonly config: Config;
  /** What a process of this site must have in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly hermes: Hermes;
  call(node: string, params?: Record<string, unknown>): Promise<Envelope>;
  /** Calls a node that must succeed for the test to make sense. */
  ok(node: string, params?: Record<string, unknown>): Promise<Envelope>;
  /** Runs SQL past Hermes; a table's name stands in braces: `SELECT * FROM {users}`. */
  sql<R = Row>(text: string, values?: unknown[]): Promise<R[]>;
  /** Every row of every table that a node can write, as text; not what is recorded of it. */
  snapshot(): Promise<string>;
  /** Makes every such statement on a table fail until the next test. */
  refuse(statement: "INSERT" | "UPDATE" | "DELETE", table: string): Promise<void>;
  /** Empty tables but for the two domains and the first one's servers. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const KAMAILIO = ["subscriber", "usr_preferences", "dbaliases", "location", "domain", "grp"];
const PROVISIONING = [
  ...["users", "phones", "phone_models", "numbers", "held_numbers", "servers"],
  ...["operators", "api_keys", "sessions", "login_attempts", "managing_users", "extension_grants"],
  ...["disabled_accounts", "last_seen"],
];
/** What is told of all that, and no part of it. */
const RECORDS = ["records", "record_changes", "record_subjects"];

/** Starts a site before the tests of this file and gives each test fresh tables. */
export function useSite(shape: Shape): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    site = await startSite(shape);
  });
  beforeEach(() => site?.reset());
  afterAll(() => site?.stop());
  return () => {
    if (site === undefined) throw new Error("The site stands only within tests and hooks");
    return site;
  };
}

export async function startSite(shape: Shape, options: KamailioOptions = {}): Promise<Site> {
  const home = await temporaryHome();
  return shape === "embedded" ? embeddedSite(home) : mariadbSite(shape, home, options);
}

type Home = Awaited<ReturnType<typeof temporaryHome>>;

async function embeddedSite({ env, folder, remove }: Home): Promise<Site> {
  const config = await loadConfig(env);
  const hermes = openHermes(config);
  await hermes.owner.migrate();
  const database = new Database(join(folder, "data", "hermes", "hermes.db"));
  const sql = async (text: string, values: unknown[] = []) => {
    const statement = database.prepare(text.replace(/\{(\w+)\}/g, "$1"));
    if (/^\s*(SELECT|PRAGMA|WITH)/i.test(text)) return statement.all(...values);
    statement.run(...values);
    return [];
  };
  return site("embedded", config, env, hermes, sql as Site["sql"], async () => {
    await hermes.close();
    database.close();
    await remove();
  });
}

async function mariadbSite(
  shape: KamailioShape,
  { env, remove }: Home,
  options: KamailioOptions,
): Promise<Site> {
  const server = attachMariadb(inject("mariadb"));
  const databases = await server.createKamailio(shape, {
    createProvisioning: true,
    ...options,
  });
  const { kamailio, provisioning } = databases;
  const siteEnv = {
    ...env,
    HERMES_KAMAILIO_URL: databases.kamailioUrl,
    HERMES_PROVISIONING_URL: databases.provisioningUrl,
  };
  const config = await loadConfig(siteEnv);
  const hermes = openHermes(config);
  await hermes.owner.migrate();
  const sql = (text: string, values?: unknown[]) =>
    server.query(
      text.replace(/\{(\w+)\}/g, (_, table) =>
        KAMAILIO.includes(table) ? `${kamailio}.${table}` : `${provisioning}.${table}`,
      ),
      values,
    );
  return site(shape, config, siteEnv, hermes, sql as Site["sql"], async () => {
    await hermes.close();
    await server.drop([kamailio, provisioning]);
    await server.stop();
    await remove();
  });
}

function site(
  shape: Shape,
  config: Config,
  env: Site["env"],
  hermes: Hermes,
  sql: Site["sql"],
  stop: () => Promise<void>,
): Site {
  const kind = shape === "embedded" ? "sqlite" : "mysql";
  const tables = [...KAMAILIO, ...PROVISIONING];
  const triggers = new Set<string>();
  const call = async (node: string, params: Record<string, unknown> = {}) =>
    asDeclared(node, await hermes.call(node, params));
  return {
    shape,
    kind,
    config,
    env,
    hermes,
    call,
    sql,
    stop,
    async ok(node, params) {
      const envelope = await call(node, params);
      if (envelope.response === "ok") return envelope;
      throw new Error(`${node} ${JSON.stringify(params)}: ${JSON.stringify(envelope)}`);
    },
    async snapshot() {
      const contents = await Promise.all(
        tables.map(async (table) => [table, await sql(`SELECT * FROM {${table}}`)]),
      );
      return JSON.stringify(contents);
    },
    async refuse(statement, table) {
      const name = `{${table}}`.replace("}", `_refuse_${statement.toLowerCase()}}`);
      const trigger = kind === "sqlite" ? name : triggerName(table, statement);
      await sql(
        `CREATE TRIGGER ${trigger} BEFORE ${statement} ON {${table}} FOR EACH ROW ${
          kind === "sqlite"
            ? "BEGIN SELECT RAISE(ABORT, 'not today'); END"
            : "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
        }`,
      );
      triggers.add(trigger);
    },
    async reset() {
      for (const trigger of triggers) await sql(`DROP TRIGGER IF EXISTS ${trigger}`);
      triggers.clear();
      const clear = async () => {
        await sql("BEGIN");
        for (const table of [...tables, ...RECORDS]) await sql(`DELETE FROM {${table}}`);
        for (const domain of [DOMAIN, BARE_DOMAIN]) {
          await sql("INSERT INTO {domain} (domain) VALUES (?)", [domain]);
        }
        await sql(
          "INSERT INTO {servers} (domain, registrar, r_port, proxy, p_port, prov_url) VALUES (?, ?, ?, ?, ?, ?)",
          [DOMAIN, `sip.${DOMAIN}`, 5060, `proxy.${DOMAIN}`, 5070, `https://${DOMAIN}/prov`],
        );
        await sql("COMMIT");
      };
      // A killed process may still be rolled back by its server, and keep rows locked until then.
      await clear().catch((error: { code?: string }) => {
        if (error.code !== "ER_LOCK_DEADLOCK") throw error;
        return clear();
      });
    },
  };

  // A trigger lives in its table's database.
  function triggerName(table: string, statement: string) {
    const location = KAMAILIO.includes(table) ? config.kamailio : config.provisioning;
    const database = location.kind === "mysql" ? `${location.database}.` : "";
    return `${database}${table}_refuse_${statement.toLowerCase()}`;
  }
}
