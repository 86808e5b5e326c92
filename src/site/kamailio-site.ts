import { existsSync } from "node:fs";
import {
  type DatabaseLocation,
  formatDatabaseUrl,
  type MysqlLocation,
} from "../config/database-url";
import { DatabaseError } from "../database/error";
import { Schema } from "../database/schema";
import { critical } from "../model/refusal";
import { Domains } from "../store/kamailio/domains";
import { Versions } from "../store/kamailio/versions";
import { connected, reachable } from "./server";

/** What Kamailio's database says of itself. */
export interface KamailioSite {
  readonly location: DatabaseLocation;
  readonly versions: Record<string, number>;
  readonly domains: readonly string[];
}

/** Opens Kamailio's database and looks around. Refuses with error/dbfail where it is none. */
export async function inspect(found: DatabaseLocation): Promise<KamailioSite> {
  const location = await answering(found);
  try {
    return await within(location, async (schema) => {
      const versions = await new Versions(schema).list();
      if (!versions.has("subscriber")) throw notKamailios(location, "it has no subscriber table");
      return {
        location,
        versions: Object.fromEntries(versions),
        domains: await new Domains(schema).list(),
      };
    });
  } catch (error) {
    throw explained(error, location);
  }
}

/** Adds a domain to Kamailio's table. */
export async function addDomain(location: DatabaseLocation, domain: string): Promise<void> {
  await within(location, (schema) => new Domains(schema).insert([{ domain, did: domain }]));
}

async function answering(location: DatabaseLocation): Promise<DatabaseLocation> {
  if (location.kind === "sqlite") {
    if (existsSync(location.file)) return location;
    throw critical("dbfail", `There is no file ${location.file}. See kamdbctl create.`);
  }
  try {
    return await reachable(location);
  } catch (error) {
    throw explained(error, location);
  }
}

function within<T>(location: DatabaseLocation, body: (schema: Schema) => Promise<T>) {
  const name = location.kind === "mysql" ? location.database : undefined;
  return connected(location, (connection) =>
    body(new Schema(connection, location.kind, name, new Map())),
  );
}

function explained(error: unknown, location: DatabaseLocation) {
  return error instanceof DatabaseError ? notKamailios(location, error.words) : error;
}

const notKamailios = (location: DatabaseLocation, why: string) =>
  critical("dbfail", `Can't use ${formatDatabaseUrl(location)} as Kamailio's database: ${why}.`);

export const sameDatabase = (a: DatabaseLocation, b: DatabaseLocation): boolean => {
  if (a.kind === "sqlite" || b.kind === "sqlite") {
    return a.kind === "sqlite" && b.kind === "sqlite" && a.file === b.file;
  }
  const host = ({ host }: MysqlLocation) => (host === "localhost" ? "127.0.0.1" : host);
  return host(a) === host(b) && a.port === b.port && a.database === b.database;
};
