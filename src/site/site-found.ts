import type { DatabaseLocation, MysqlLocation } from "../config/database-url";

/** What another tool's configuration says of the site. */
export interface FoundSite {
  /** The files it was read from. */
  readonly source: string;
  readonly kamailio: DatabaseLocation;
  /** The site's own SIP domain. */
  readonly domain?: string;
  /** Who may create databases and users. */
  readonly admin?: MysqlLocation;
  /** How the tool talks to the running Kamailio, as Hermes' configuration would say it. */
  readonly rpc?: string;
}
