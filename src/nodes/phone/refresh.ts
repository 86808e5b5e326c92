import { type Contact, lookUp } from "../../kamailio-rpc/usrloc";
import { plainMac } from "../../model/mac";
import type { SipAddress } from "../../model/sip-address";
import type { Stores } from "../../store/stores";
import type { Context } from "../node";
import { profilesOf } from "./profiles";

/** Where a phone is registered, and with which account. */
export interface Registered extends Contact {
  readonly address: SipAddress;
}

/**
 * Where the accounts' phones are registered, each phone once; `mac` picks one phone among several
 * that have the accounts. Refuses failed/norpc.
 */
export async function registered(
  accounts: readonly SipAddress[],
  { rpc, now }: Context,
  mac?: string,
): Promise<Registered[]> {
  const contacts: Registered[] = [];
  for (const address of accounts) {
    const registration = await lookUp(rpc, address, now);
    contacts.push(...(registration?.contacts ?? []).map((each) => ({ ...each, address })));
  }
  return onePerPhone(mac === undefined ? contacts : ofPhone(contacts, mac));
}

/** Has them fetch their configuration; answers where those are registered that were told. */
export async function tell(
  contacts: readonly Registered[],
  { reboot, context }: { readonly reboot: boolean; readonly context: Context },
): Promise<string[]> {
  const { checkSync } = await import("../../kamailio-rpc/notify");
  const told: string[] = [];
  for (const contact of contacts) {
    if (await checkSync(context.rpc, contact, { reboot })) told.push(contact.contact);
  }
  return told;
}

/** The MAC addresses of an account's phones. */
export async function macsOf({ phones }: Stores, account: SipAddress): Promise<string[]> {
  return (await phones.of([account])).map(({ mac }) => mac);
}

/**
 * Makes phones' files anew, where the site has said which folder they are fetched from (phones.out).
 * Answers why a phone's could not be made; refuses whatever `renderTree` does.
 */
export async function renderAgain(
  stores: Stores,
  macs: readonly string[],
  { config, phoneVendors, trial }: Context,
): Promise<string[]> {
  const { out } = config.phones;
  if (out === undefined || macs.length === 0) return [];
  const [{ renderTree }, vendors] = await Promise.all([
    import("../../phones/tree"),
    phoneVendors(),
  ]);
  async function* profiles() {
    yield* await profilesOf(stores, config, macs);
  }
  const { problems } = await renderTree(profiles(), out, { vendors, dryRun: trial, some: true });
  return problems.map(({ detail }) => detail);
}

/** Those that name the phone, as many do in their instance or their name; all where none does. */
function ofPhone(contacts: readonly Registered[], mac: string): Registered[] {
  const named = contacts.filter(({ instance, useragent }) =>
    plainMac(`${instance} ${useragent}`).includes(mac),
  );
  return named.length === 0 ? [...contacts] : named;
}

/** A phone that is registered with several accounts is told once. */
function onePerPhone(contacts: readonly Registered[]): Registered[] {
  const told = new Map<string, Registered>();
  for (const contact of contacts) {
    const place = contact.received || hostOf(contact.contact);
    if (!told.has(place)) told.set(place, contact);
  }
  return [...told.values()];
}

/** `sip:alice@10.0.0.5:5060;line=1` → `10.0.0.5:5060`. */
const hostOf = (uri: string) => uri.replace(/^sips?:([^@]*@)?/i, "").replace(/[;?].*$/, "");
