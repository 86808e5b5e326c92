import { reloadDomains } from "../../kamailio-rpc/domains";
import { Refusal } from "../../model/refusal";
import type { Context, Settle } from "../node";

/** Has a running Kamailio told that the domains are others, once that is certain. */
export async function settling(_params: unknown, { rpc }: Context): Promise<Settle> {
  return async () => {
    try {
      await reloadDomains(rpc);
      return { reloaded: true };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        detail: `A running Kamailio goes by it once it is told: kamcmd domain.reload. ${error.detail}`,
      };
    }
  };
}
