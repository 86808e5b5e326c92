import { parseRpcAddress, RPC_EXAMPLE } from "../config/rpc-address";
import { failed, Refusal } from "../model/refusal";
import type { Transport } from "./transport";

/** The running Kamailio, asked by JSON-RPC. */
export interface Rpc {
  /**
   * What Kamailio answers. Throws failed/norpc where none is configured or nobody answers, and a
   * {@link KamailioError} where Kamailio itself refuses.
   */
  ask(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** The same for what changes something: on a trial run it is not sent. */
  command(method: string, params?: readonly unknown[]): Promise<void>;
}

/** Kamailio's own refusal of a request. */
export class KamailioError extends Refusal {
  constructor(
    method: string,
    /** Kamailio's own words. */
    readonly words: string,
  ) {
    super("failed", "norpc", `Kamailio refuses ${method}: ${words}.`);
  }
}

/** The RPC at an address of the configuration: `unix:/path`, `fifo:/path` or `http://…`. */
export function openRpc(address: string | undefined, trial = false): Rpc {
  let transport: Promise<Transport> | undefined;
  const rpc: Rpc = {
    async ask(method, params = []) {
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
      return readAnswer(text, method, address);
    },
    async command(method, params) {
      if (!trial) await rpc.ask(method, params);
    },
  };
  return rpc;
}

async function openTransport(address: string): Promise<Transport> {
  const [kind, place] = parseRpcAddress(address);
  if (kind === "unix") return (await import("./unix")).unixDatagram(place);
  if (kind === "fifo") return (await import("./fifo")).fifo(place);
  return (await import("./http")).http(place);
}

function readAnswer(text: string, method: string, address: string): unknown {
  let answer: { result?: unknown; error?: { message?: string } };
  try {
    answer = JSON.parse(text);
  } catch {
    throw failed("norpc", `What answers at ${address} is no JSON-RPC of Kamailio's.`);
  }
  if (answer.error !== undefined) {
    throw new KamailioError(method, answer.error.message ?? "it gives no reason");
  }
  return answer.result;
}
