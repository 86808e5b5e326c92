import { PATIENCE, type Transport } from "./transport";

/** JSON-RPC over HTTP (xhttp). Kamailio's refusals come with status 500 and the same body. */
export function http(url: string): Transport {
  return async (request) => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: request,
        signal: AbortSignal.timeout(PATIENCE),
      });
      return await answer.text();
    } catch (error) {
      const { message, cause } = error as Error & { cause?: Error };
      throw new Error(cause?.message || message);
    }
  };
}
