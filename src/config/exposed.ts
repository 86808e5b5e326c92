import { statSync } from "node:fs";
import type { Config } from "./config";

/** A sentence on a configuration file that everybody can read, or write, although a password stands in it. */
export function exposure({ file, kamailio, provisioning }: Config): string | undefined {
  const holdsPassword = [kamailio, provisioning].some(
    (location) => location.kind === "mysql" && location.password !== "",
  );
  if (file === undefined || !holdsPassword) return undefined;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o006) === 0) return undefined;
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  return `Everybody on this host can ${(mode & 0o002) === 0 ? "read" : "change"} ${file} (mode ${octal}), and a password stands in it.`;
}
