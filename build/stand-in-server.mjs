import mysql from "mysql2";

const VERSION = "10.11.11-MariaDB";

/** @typedef {{ prepare(sql: string): { all(...values: unknown[]): Record<string, unknown>[] } }} Database */

/**
 * A MySQL server for warm-up runs that read: it answers from an SQLite file that Hermes has made,
 * which has the same tables. What it can't answer it refuses.
 * @param {string} file
 * @param {(port: number) => Promise<void>} body
 */
export async function withStandIn(file, body) {
  const { default: Libsql } = await import("libsql");
  const database = /** @type {Database & { close(): void }} */ (
    /** @type {unknown} */ (new Libsql(file))
  );
  const server = mysql.createServer();
  const connections = new Set();
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.on("error", () => {});
    const reply = (/** @type {string} */ sql) => {
      answer(connection, database, sql);
      connection._resetSequenceId();
    };
    connection.on("query", reply);
    // mysql2 takes SET for a prepared statement.
    connection.on("stmt_prepare", reply);
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: `5.5.5-${VERSION}`,
      connectionId: connections.size,
      statusFlags: 2,
      characterSet: 45,
      // Neither TLS nor compression, which a server on the same host doesn't speak either.
      capabilityFlags: 0xffffff & ~0x820,
      authCallback(/** @type {unknown} */ _given, /** @type {() => void} */ accept) {
        accept();
        connection._resetSequenceId();
      },
    });
  });
  try {
    await new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(undefined));
    });
    await body(server._server.address().port);
  } finally {
    for (const connection of connections) connection.close();
    server.close();
    database.close();
  }
}

function answer(connection, database, sql) {
  try {
    if (/^(?:set|begin|start|commit|rollback)\b/i.test(sql)) {
      connection.writeOk();
      return;
    }
    const rows = read(database, sql);
    const [first = { none: null }] = rows;
    connection.writeColumns(Object.keys(first).map((name) => column(name, first[name])));
    for (const row of rows) connection.writeTextRow(Object.values(row));
    connection.writeEof();
  } catch (error) {
    connection.writeError({ code: 1064, message: String(error) });
  }
}

/**
 * @param {Database} database
 * @param {string} sql
 * @returns {Record<string, unknown>[]}
 */
function read(database, sql) {
  if (/^select version\(\)/i.test(sql)) return [{ version: VERSION }];
  if (/information_schema\.columns/i.test(sql)) return columns(database, sql);
  return database.prepare(inOneFile(sql)).all();
}

/** @param {string} sql */
const inOneFile = (sql) =>
  sql
    .replace(/`?\b(?:kamailio|hermes)\b`?\.(?=[`\w])/g, "")
    .replace(/\b(for update|for share|lock in share mode)\s*$/i, "");

/**
 * @param {Database} database
 * @param {string} sql
 */
function columns(database, sql) {
  const asked = new Set([...sql.matchAll(/'([^']*)'/g)].map(([, name]) => name));
  return database
    .prepare(
      `SELECT m.name AS t, c.name AS c, 64 AS w, 'utf8mb4_general_ci' AS l
       FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
    )
    .all()
    .filter(({ t }) => asked.has(t));
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function column(name, value) {
  const number = typeof value === "number";
  return {
    catalog: "def",
    schema: "kamailio",
    table: "t",
    orgTable: "t",
    name,
    orgName: name,
    characterSet: number ? 63 : 45,
    columnLength: 1024,
    columnType: number ? 3 : 253,
    flags: 0,
    decimals: 0,
  };
}
