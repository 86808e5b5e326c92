import { statSync } from "node:fs";
import { networkInterfaces, userInfo } from "node:os";
import type { Config } from "../config/config";

/** The IP addresses of this machine, loopback ones among them. */
export function machineAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address.replace(/%.*$/, "")),
  );
}

/** Whether the configuration file belongs to whoever runs this process. */
export function ownsConfiguration({ file }: Config): boolean {
  if (file === undefined) return false;
  const uid = statSync(file, { throwIfNoEntry: false })?.uid;
  return uid !== undefined && uid === processUid();
}

/** The user id that this process acts as. */
export const processUid = (): number | undefined => process.geteuid?.();

/** The name of who runs this process; a user that the system has no name for, as in a container, is `uid1234`. */
export function processUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid${processUid()}`;
  }
}
