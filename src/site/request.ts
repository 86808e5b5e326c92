import { type DatabaseLocation, parseDatabaseUrl } from "../config/database-url";
import type { Environment } from "../config/paths";
import { invalidParameters } from "../params/param";

/** How a site is to be set up, as far as it was said. */
export interface SiteRequest {
  readonly env: Environment;
  /** The configuration file to write. */
  readonly file: string | undefined;
  /** Which of the file's sites is set up; undefined for its only one. */
  readonly site?: string | undefined;
  readonly kamctlrc: string | undefined;
  readonly kamailioUrl: string | undefined;
  /** Where the password is left out, the user and the database are to be made. */
  readonly provisioningUrl: string | undefined;
  readonly adminUrl: string | undefined;
  readonly domains: readonly string[];
  readonly rpc: string | undefined;
}

/** What a request says about the databases' logins, read. */
export interface NamedLogins {
  readonly provisioning: DatabaseLocation | undefined;
  readonly administrator: (DatabaseLocation & { kind: "mysql" }) | undefined;
}

/** Reads the addresses of a request. Refuses what is no address of a database. */
export function namedLogins({ env, provisioningUrl, adminUrl }: SiteRequest): NamedLogins {
  const url = provisioningUrl ?? (env.HERMES_PROVISIONING_URL || undefined);
  const administrator = adminUrl === undefined ? undefined : parseDatabaseUrl(whole(adminUrl));
  if (administrator?.kind === "sqlite") {
    throw invalidParameters("--admin-url must be a MySQL URL.");
  }
  return { provisioning: url === undefined ? undefined : parseDatabaseUrl(url), administrator };
}

/** An administrator need not name a database. */
const whole = (url: string) => url.replace(/^(\w+:\/\/.*@[^/]*)\/?(\?.*)?$/, "$1/mysql$2");
