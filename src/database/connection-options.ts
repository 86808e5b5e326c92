import { readFileSync } from "node:fs";
import { connect, isIP, type Socket } from "node:net";
import type { authPlugins, ConnectionOptions, SslOptions } from "mysql2";
import type { MysqlHost, MysqlLocation } from "../config/database-url";
import type { SslMode, TlsSettings } from "../config/url-options";
import { critical } from "../model/refusal";
import { systemReason } from "../model/system-reason";
import { withoutServerKeys } from "./server-keys";

/** Seconds of silence after which the system asks whether the other end of a connection is there. */
const KEEP_ALIVE = 10;

/** What is wanted of TLS on the way to one host, and whether the URL says so. */
export interface WantedTls {
  readonly mode: SslMode;
  readonly said: boolean;
}

/**
 * On a socket or loopback nobody listens. Elsewhere the certificate and its name are checked where
 * there is something to check them against; else TLS is taken where the server has it.
 */
export function wantedTls({ tls, socket }: MysqlLocation, { host }: MysqlHost): WantedTls {
  if (tls?.mode !== undefined) return { mode: tls.mode, said: true };
  if (tls?.ca !== undefined) return { mode: "VERIFY_IDENTITY", said: true };
  if (tls?.cert !== undefined) return { mode: "REQUIRED", said: true };
  if (socket !== undefined || isLoopback(host)) return { mode: "DISABLED", said: true };
  return { mode: "PREFERRED", said: false };
}

/** mysql2's options for one host of a location, with TLS or without. */
export function connectionOptions(
  { socket, user, password, tls: settings = {} }: MysqlLocation,
  { host, port }: MysqlHost,
  mode: SslMode,
  connectTimeout: number,
  plugins: typeof authPlugins,
): ConnectionOptions {
  const secured = mode !== "DISABLED";
  return {
    ...(socket === undefined
      ? { host, port, stream: () => dialled(host, port) }
      : { host, socketPath: socket }),
    user,
    password,
    charset: "utf8mb4",
    connectTimeout: connectTimeout * 1000,
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: true,
    // No server is to ask for files of ours.
    flags: ["-LOCAL_FILES"],
    ...(secured ? { ssl: sslOptions(settings, mode) } : {}),
    ...(secured || socket !== undefined ? {} : { authPlugins: withoutServerKeys(plugins) }),
  };
}

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

/**
 * The connection under mysql2's. Node checks a certificate against the name that was looked up, and
 * where none was, as of an IP address, against `localhost`: so it is told what we asked for.
 */
function dialled(host: string, port: number): Socket {
  const socket = connect({ host, port, noDelay: true });
  socket.setKeepAlive(true, KEEP_ALIVE * 1000);
  return Object.assign(socket, { _host: host });
}

function sslOptions({ ca, cert, key }: TlsSettings, mode: SslMode): SslOptions {
  const verified = mode === "VERIFY_CA" || mode === "VERIFY_IDENTITY";
  return {
    minVersion: "TLSv1.2",
    rejectUnauthorized: verified,
    verifyIdentity: mode === "VERIFY_IDENTITY",
    ...(ca === undefined ? {} : { ca: pem("ssl-ca", ca) }),
    ...(cert === undefined ? {} : { cert: pem("ssl-cert", cert) }),
    ...(key === undefined ? {} : { key: pem("ssl-key", key) }),
  };
}

function pem(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw critical("config", `Can't read ${option} ${file}: ${systemReason(error)}.`);
  }
}
