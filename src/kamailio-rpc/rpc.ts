import { critical, failed } from "../model/refusal";

/** The running Kamailio, asked by JSON-RPC. */
export interface Rpc {
  /**
   * What Kamailio answers. Throws failed/norpc where none is configured or nobody answers, and a
   * {@link KamailioError} where Kamailio itself refuses.
   */
  call(method: string, params?: readonly unknown[]): Promise<unknown>;
}

/** Kamailio's own refusal, in its own words. */
export class KamailioError extends Error {}

/** Sends a request and answers what came back. */
export type Transport = (request: string) => Promise<string>;

/** Nobody answers within this time, in milliseconds. */
export const PATIENCE = 5000;

export const RPC_EXAMPLE = "unix:/run/kamailio/kamailio_rpc.sock";

/** The RPC at an address of the configuration: `unix:/path`, `fifo:/path` or `http://…`. */
export function openRpc(address: string | undefined): Rpc {
  let transport: Promise<Transport> | undefined;
  return {
    async call(method, params = []) {
      if (address === undefined) {
        throw failed(
          "norpc",
          `No way to ask the running Kamailio is configured. Add to the section [kamailio] of Hermes' configuration: rpc = "${RPC_EXAMPLE}"`,
        );
      }
      transport ??= openTransport(address);
      const send = await transport;
      const request = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      let text: string;
      try {
        text = await send(request);
      } catch (error) {
        throw failed(
          "norpc",
          `Kamailio does not answer at ${address}: ${(error as Error).message.trim()}.`,
        );
      }
      return readAnswer(text, address);
    },
  };
}

async function openTransport(address: string): Promise<Transport> {
  const path = /^(unix|fifo):(?:\/\/)?(\/.+)$/.exec(address);
  if (path?.[1] === "unix") return (await import("./unix")).unixDatagram(path[2] as string);
  if (path?.[1] === "fifo") return (await import("./fifo")).fifo(path[2] as string);
  if (/^https?:\/\/./.test(address)) return (await import("./http")).http(address);
  throw critical(
    "config",
    `kamailio.rpc ${JSON.stringify(address)} is none of unix:/path, fifo:/path and http://host:port/path. Example: ${RPC_EXAMPLE}`,
  );
}

function readAnswer(text: string, address: string): unknown {
  let answer: { result?: unknown; error?: { message?: string } };
  try {
    answer = JSON.parse(text);
  } catch {
    throw failed("norpc", `What answers at ${address} is no JSON-RPC of Kamailio's.`);
  }
  if (answer.error !== undefined) throw new KamailioError(answer.error.message ?? "no reason");
  return answer.result;
}
