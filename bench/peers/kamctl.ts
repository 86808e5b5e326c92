import { writeFile } from "node:fs/promises";
import { BARE, type Program } from "../process";
import type { MariadbSite } from "../site";
import { DOMAIN } from "../site";
import { find } from "./find";

/** kamctl on a site's Kamailio, or undefined where the host has none. It reads its settings from the home directory. */
export async function kamctl(
  site: MariadbSite,
): Promise<((...args: string[]) => Program) | undefined> {
  const program = find("kamctl");
  if (program === undefined) return undefined;
  const { user, password, port } = site.server.facts;
  const settings = {
    SIP_DOMAIN: DOMAIN,
    DBENGINE: "MYSQL",
    DBHOST: "127.0.0.1",
    DBPORT: port,
    DBNAME: site.databases.kamailio,
    DBRWUSER: user,
    DBRWPW: password,
    DBROUSER: user,
    DBROPW: password,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value}"\n`);
  await writeFile(site.file(".kamctlrc"), lines.join(""));
  return (...args) => ({
    argv: [program, ...args],
    env: { ...BARE, HOME: site.folder },
  });
}
