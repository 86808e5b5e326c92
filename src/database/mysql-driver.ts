import type { Connection as Driver } from "mysql2";
import { type MysqlHost, type MysqlLocation, serversOf } from "../config/database-url";
import type { SslMode } from "../config/url-options";
import { type Fitness, fitnessOf, HEALTH } from "./cluster";
import { connectionOptions, wantedTls } from "./connection-options";
import { DatabaseError, type DriverError, type ErrorKind } from "./error";
import { mysqlError } from "./mysql-errors";

/** A connection that is logged in, and what the server said of itself. */
export interface OpenDriver {
  readonly driver: Driver;
  /** `5.5.5-10.11.6-MariaDB-…` */
  readonly version: string;
  /** That server alone. */
  readonly server: MysqlLocation;
}

/** With these another server of the same data may do better. */
const ELSEWHERE: ReadonlySet<ErrorKind> = new Set(["absent", "busy", "lost"]);

/**
 * Logs in at the first of a location's hosts that can be worked with: each has `connectTimeout`
 * seconds to answer. Of several, those that take no writes come last. All of them in one order, so
 * that writers meet on one node of a cluster. Throws a DatabaseError.
 */
export async function openDriver(
  location: MysqlLocation,
  connectTimeout: number,
  notice: (text: string) => void = () => {},
): Promise<OpenDriver> {
  const hosts = serversOf(location);
  let first: DatabaseError | undefined;
  let reading: OpenDriver | undefined;
  for (const host of hosts) {
    try {
      const open = await logIn(location, host, connectTimeout, notice);
      if (hosts.length === 1) return open;
      const fit = await fitness(open.driver, connectTimeout);
      if (fit === "writes") {
        reading?.driver.destroy();
        return open;
      }
      if (fit === "unready") {
        open.driver.destroy();
        throw new DatabaseError(
          "busy",
          "this node is not ready: it has lost the cluster, or joins",
        );
      }
      if (reading === undefined) reading = open;
      else open.driver.destroy();
    } catch (error) {
      const known = mysqlError(error);
      if (hosts.length === 1 || !ELSEWHERE.has(known.kind)) throw known;
      const failure = new DatabaseError(known.kind, `${host.host}: ${known.words}`, error);
      // A server that is there and busy says more than one that is not.
      if (failure.kind === "busy" && first?.kind !== "busy") first = failure;
      first ??= failure;
    }
  }
  if (reading !== undefined) return reading;
  throw first as DatabaseError;
}

/** Whether a server lets somebody in, or at least says why not. */
export async function isThere(server: MysqlLocation, connectTimeout: number): Promise<boolean> {
  try {
    (await openDriver(server, connectTimeout)).driver.destroy();
    return true;
  } catch (error) {
    const { kind } = mysqlError(error);
    return kind !== "absent" && kind !== "lost";
  }
}

async function logIn(
  location: MysqlLocation,
  host: MysqlHost,
  connectTimeout: number,
  notice: (text: string) => void,
): Promise<OpenDriver> {
  const { createConnection, authPlugins } = await import("mysql2");
  const { mode, said } = wantedTls(location, host);
  const attempt = async (tried: SslMode): Promise<OpenDriver> => {
    const options = connectionOptions(location, host, tried, connectTimeout, authPlugins);
    const { others: _, ...rest } = location;
    const open = await connected(createConnection(options), connectTimeout);
    return { ...open, server: { ...rest, ...host } };
  };
  if (mode !== "PREFERRED") return attempt(mode);
  const advice = "Give ssl-ca=FILE in its URL, or say by ssl-mode that it is meant.";
  try {
    const open = await attempt(mode);
    if (!said) notice(`Nobody checks whether ${host.host} is the right server. ${advice}`);
    return open;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !offersNoTls(error)) throw error;
    if (!said) notice(`The connection to ${host.host} is not encrypted. ${advice}`);
    return attempt("DISABLED");
  }
}

const offersNoTls = ({ cause }: DatabaseError) =>
  (cause as DriverError).code === "HANDSHAKE_NO_SSL_SUPPORT";

function connected(
  driver: Driver,
  connectTimeout: number,
): Promise<Pick<OpenDriver, "driver" | "version">> {
  return new Promise((resolve, reject) => {
    // It stays: an error that nobody listens to would end the process.
    driver.on("error", (error: DriverError) => {
      driver.destroy();
      const silent = error.code === "ETIMEDOUT";
      reject(
        silent ? new DatabaseError("absent", noAnswer(connectTimeout), error) : mysqlError(error),
      );
    });
    driver.once("connect", ({ serverVersion = "" }: { serverVersion?: string } = {}) =>
      resolve({ driver, version: serverVersion }),
    );
  });
}

/** A server that lets us in and then says nothing within `seconds` is as good as absent. */
function fitness(driver: Driver, seconds: number): Promise<Fitness> {
  return new Promise((resolve, reject) => {
    const silent = setTimeout(() => {
      driver.destroy();
      reject(new DatabaseError("absent", noAnswer(seconds)));
    }, seconds * 1000);
    driver.query({ sql: HEALTH, rowsAsArray: true }, (error, results) => {
      clearTimeout(silent);
      if (error === null)
        return resolve(fitnessOf(new Map((results as [string, string][][]).flat())));
      driver.destroy();
      reject(error);
    });
  });
}

const noAnswer = (seconds: number) => `no answer within ${seconds} s (database.connect_timeout)`;
