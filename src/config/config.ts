import type { ClassSettings } from "./classes";
import type { DatabaseLocation } from "./database-url";
import type { PhoneConfig } from "./phones";

export type AuthMode = "trusted" | "session";

/** The configuration as it applies, every default filled in. */
export interface Config {
  /** Whence it was read, or undefined where there is no file. */
  readonly file: string | undefined;
  /** Which of the file's sites it is of; undefined where none was picked. */
  readonly site: string | undefined;
  readonly kamailio: DatabaseLocation;
  readonly provisioning: DatabaseLocation;
  /** No database is configured: the embedded SQLite file, which is made by the first write. */
  readonly embedded: boolean;
  /** kamctl's own file, where no database is configured and there is one: it may name Kamailio's. */
  readonly kamctlrc: string | undefined;
  /** How to reach the running Kamailio's RPC, where the site has said. */
  readonly rpc: string | undefined;
  readonly defaults: {
    /** Of an account that is given without one. */
    readonly domain: string | undefined;
    /** Call permission bits that `user/add_local` writes. */
    readonly permission: number;
    readonly passwordLength: number;
    /** How long a released number rests before it can be given out again, in seconds. */
    readonly quarantine: number;
  };
  /** Seconds, all of them; 0 is none. */
  readonly database: {
    /** Until a server that does not answer counts as absent. */
    readonly connectTimeout: number;
    /** That a write may wait for others and be tried again. */
    readonly lockTimeout: number;
    /** That one statement may take. */
    readonly statementTimeout: number;
  };
  readonly auth: {
    readonly mode: AuthMode;
    /** Seconds. */
    readonly keyLifetime: number;
    /** Seconds from the login, or from the last ping. */
    readonly sessionLifetime: number;
    /** Seconds from the login, however often it is prolonged. */
    readonly sessionMax: number;
  };
  /** What tells one kind of call from another. */
  readonly classes: ClassSettings;
  /** What all phones of the site are told. */
  readonly phones: PhoneConfig;
}

export const DEFAULTS: Omit<Config["defaults"], "domain"> = {
  permission: 7,
  passwordLength: 24,
  quarantine: 0,
};

export const AUTH_DEFAULTS: Config["auth"] = {
  mode: "trusted",
  keyLifetime: 300,
  sessionLifetime: 28800,
  sessionMax: 604800,
};

export const DATABASE_DEFAULTS: Config["database"] = {
  connectTimeout: 10,
  lockTimeout: 30,
  statementTimeout: 0,
};
