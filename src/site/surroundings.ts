import { existsSync } from "node:fs";
import type { Config } from "../config/config";
import { parseDatabaseUrl } from "../config/database-url";
import { loadConfig, sitesIn } from "../config/load";
import { RPC_EXAMPLE } from "../config/rpc-address";
import { configTarget, unwritable } from "./config-file";
import { findSites } from "./found-site";
import { type NamedLogins, namedLogins, type SiteRequest } from "./request";
import type { FoundSite } from "./site-found";

/** What this host's files say, before any server is asked. */
export interface Surroundings {
  /** The configuration file to write. */
  readonly file: string;
  /** Whether there is such a file already. */
  readonly exists: boolean;
  /** The databases that it names, where it names any. */
  readonly config: Config | undefined;
  /** Why it can't be written. */
  readonly unwritable: string | undefined;
  readonly logins: NamedLogins;
  /** Kamailio's database, where flags, environment or configuration name one. */
  readonly named: FoundSite | undefined;
  /** Else those that other tools' files name. */
  readonly found: readonly FoundSite[];
  /** Where a running Kamailio of this host listens. */
  readonly rpc: string | undefined;
}

const RPC_SOCKET = RPC_EXAMPLE.replace("unix:", "");

/** Looks at the files of this host. Reads only. */
export async function lookAround(request: SiteRequest): Promise<Surroundings> {
  const { env, kamctlrc } = request;
  const file = configTarget(env, request.file);
  const config = await databasesIn(file, request.site);
  const named = namedSite(request, file, config);
  return {
    file,
    exists: existsSync(file),
    config,
    unwritable: unwritable(file),
    logins: namedLogins(request),
    named,
    found: named === undefined ? findSites(env, kamctlrc) : [],
    rpc: existsSync(RPC_SOCKET) ? RPC_EXAMPLE : undefined,
  };
}

function namedSite(
  { env, kamctlrc, kamailioUrl }: SiteRequest,
  file: string,
  config: Config | undefined,
): FoundSite | undefined {
  const url = kamailioUrl ?? (kamctlrc === undefined ? env.HERMES_KAMAILIO_URL : undefined);
  if (url) return { source: "as given", kamailio: parseDatabaseUrl(url) };
  if (kamctlrc !== undefined || config === undefined) return undefined;
  return { source: file, kamailio: config.kamailio };
}

/** The configuration that stands in a file, whatever the environment says. */
async function databasesIn(file: string, site: string | undefined): Promise<Config | undefined> {
  if (!existsSync(file)) return undefined;
  if (site !== undefined && !(await sitesIn(file)).includes(site)) return undefined;
  const config = await loadConfig({}, file, site);
  return config.embedded ? undefined : config;
}
