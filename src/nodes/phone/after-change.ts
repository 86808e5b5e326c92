import * as answer from "../../answers";
import { Refusal } from "../../model/refusal";
import type { SipAddress } from "../../model/sip-address";
import { toggle } from "../../params/types";
import type { Context, Settle } from "../node";
import { macsOf, registered, renderAgain, tell } from "./refresh";

// What nodes have in common that change what an account's phones are told: they name the phones,
// and with --resync have them fetch it.

export const resync = () =>
  toggle("have the account's phones fetch it then: see hermes phone resync");

export const afterChange = {
  phones: answer.optional(answer.list(answer.text(), { label: "phones to resync" })),
  notified: answer.optional(answer.list(answer.text())),
  warning: answer.optional(answer.sentence()),
};

interface Asked {
  readonly user: SipAddress;
  readonly resync: boolean;
}

/** The phones as they stand in the answer, where there are any. */
export const phonesOf = (macs: readonly string[]) => (macs.length > 0 ? { phones: macs } : {});

/**
 * With --resync: the phones are found before the change, which may end their registrations, and told
 * after it. What goes wrong then is said, as the change is done. Refuses failed/norpc.
 */
export async function settling(
  { user, resync }: Asked,
  context: Context,
): Promise<Settle | undefined> {
  if (!resync) return undefined;
  const contacts = await registered([user], context);
  return async (read) => {
    try {
      const problems = await read(async (stores) =>
        renderAgain(stores, await macsOf(stores, user), context),
      );
      const notified = await tell(contacts, { reboot: false, context });
      return { notified, ...(problems.length > 0 ? { warning: problems.join(" ") } : {}) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { notified: [], warning: `The phones were not told. ${error.detail}` };
    }
  };
}
