import type { Contact } from "../../kamailio-rpc/usrloc";
import type { SipAddress } from "../../model/sip-address";
import type { Stores } from "../../store/stores";
import type { Context } from "../node";
import { profilesOf } from "./profiles";

export interface Refreshed {
  /** Where those are registered that were told. */
  readonly notified: string[];
  /** Why a phone's files could not be made anew. */
  readonly problems: string[];
}

/**
 * Has phones fetch their configuration. Where the site has said which folder they fetch it from
 * (phones.out), their files are made anew first. `mac` picks one phone among several that have
 * the accounts. Refuses failed/norpc, and whatever `renderTree` does.
 */
export async function refresh(
  stores: Stores,
  accounts: readonly SipAddress[],
  { mac, reboot, context }: { mac?: string | undefined; reboot: boolean; context: Context },
): Promise<Refreshed> {
  const macs = mac === undefined ? await macsOf(stores, accounts) : [mac];
  const problems = await renderAgain(stores, macs, context);
  const [{ lookUp }, { checkSync }] = await Promise.all([
    import("../../kamailio-rpc/usrloc"),
    import("../../kamailio-rpc/notify"),
  ]);
  const contacts: (Contact & { address: SipAddress })[] = [];
  for (const address of accounts) {
    const registration = await lookUp(context.rpc, address, context.now);
    contacts.push(...(registration?.contacts ?? []).map((each) => ({ ...each, address })));
  }
  const notified: string[] = [];
  for (const contact of onePerPhone(mac === undefined ? contacts : ofPhone(contacts, mac))) {
    if (await checkSync(context.rpc, contact, { reboot })) notified.push(contact.contact);
  }
  return { notified, problems };
}

async function macsOf({ phones }: Stores, accounts: readonly SipAddress[]): Promise<string[]> {
  return [...new Set((await phones.of(accounts)).map(({ mac }) => mac))];
}

async function renderAgain(
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
function ofPhone<C extends Contact>(contacts: readonly C[], mac: string): C[] {
  const named = contacts.filter(({ instance, useragent }) =>
    `${instance} ${useragent}`.toLowerCase().replace(/[:.-]/g, "").includes(mac),
  );
  return named.length === 0 ? [...contacts] : named;
}

/** A phone that is registered with several accounts is told once. */
function onePerPhone<C extends Contact>(contacts: readonly C[]): C[] {
  const told = new Map<string, C>();
  for (const contact of contacts) {
    const place = contact.received || hostOf(contact.contact);
    if (!told.has(place)) told.set(place, contact);
  }
  return [...told.values()];
}

/** `sip:alice@10.0.0.5:5060;line=1` → `10.0.0.5:5060`. */
const hostOf = (uri: string) => uri.replace(/^sips?:([^@]*@)?/i, "").replace(/[;?].*$/, "");
