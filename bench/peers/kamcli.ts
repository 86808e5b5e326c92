import { writeFile } from "node:fs/promises";
import { BARE, type Program, run } from "../process";
import { DOMAIN, type MariadbSite } from "../site";
import { find } from "./find";

/**
 * kamcli on a site's Kamailio, or undefined where the host has none that works: Debian's package
 * leaves the driver to whoever installs it (python3-mysqldb).
 */
export async function kamcli(
  site: MariadbSite,
): Promise<((...args: string[]) => Program) | undefined> {
  const program = find("kamcli");
  if (program === undefined) return undefined;
  const { user, password, port } = site.server.facts;
  const url = `mysql+mysqldb://${user}:${password}@127.0.0.1:${port}/${site.databases.kamailio}`;
  await writeFile(
    site.file("kamcli.ini"),
    `[main]\ndomain=${DOMAIN}\n[db]\ntype=mysql\ndriver=mysqldb\nrwurl=${url}\nrourl=${url}\n`,
  );
  const kamcli = (...args: string[]): Program => ({
    argv: [program, "--config", site.file("kamcli.ini"), ...args],
    env: { ...BARE, HOME: site.folder },
  });
  try {
    await run(kamcli("subscriber", "show", "-F", "json", "nobody"));
    return kamcli;
  } catch {
    return undefined;
  }
}
