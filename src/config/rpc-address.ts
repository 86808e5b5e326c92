import { critical } from "../model/refusal";

/** Kamailio's own choice of a socket. */
export const RPC_EXAMPLE = "unix:/run/kamailio/kamailio_rpc.sock";

/** How the running Kamailio is reached, and where. Throws error/config where the address is of no such form. */
export function parseRpcAddress(address: string): [how: "unix" | "fifo" | "http", place: string] {
  const [, kind, path] = /^(unix|fifo):(?:\/\/)?(\/.+)$/.exec(address) ?? [];
  if ((kind === "unix" || kind === "fifo") && path !== undefined) return [kind, path];
  if (/^https?:\/\/./.test(address)) return ["http", address];
  throw critical(
    "config",
    `kamailio.rpc ${JSON.stringify(address)} is none of unix:/path, fifo:/path and http://host:port/path. Example: ${RPC_EXAMPLE}`,
  );
}
