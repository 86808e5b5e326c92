import * as answer from "../../answers";
import type { Fields } from "../../model/envelope";
import { Refusal } from "../../model/refusal";
import type { SipAddress } from "../../model/sip-address";
import { toggle } from "../../params/types";
import type { Context, Reading } from "../node";
import { refresh } from "./refresh";

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

/** Before the change: what it is to end with must be possible. Refuses failed/norpc. */
export async function requireResync({ resync }: Pick<Asked, "resync">, { rpc }: Context) {
  if (resync) await rpc.ask("core.version");
}

/** The phones as they stand in the answer, where there are any. */
export const phonesOf = (macs: readonly string[]) => (macs.length > 0 ? { phones: macs } : {});

/** After the change. What goes wrong now is told, as the change is done. */
export async function resyncAfter(
  { user, resync }: Asked,
  context: Context,
  read: Reading,
): Promise<Fields> {
  if (!resync) return {};
  try {
    const { notified, problems } = await read((stores) =>
      refresh(stores, [user], { reboot: false, context }),
    );
    return { notified, ...(problems.length > 0 ? { warning: problems.join(" ") } : {}) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { notified: [], warning: `The phones were not told. ${error.detail}` };
  }
}
