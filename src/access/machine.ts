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
  return statSync(file, { throwIfNoEntry: false })?.uid === userInfo().uid;
}
