import type { Facts } from "../changes/facts";
import { digestSecrets } from "../model/digest";
import { invalid } from "../model/refusal";
import type { SipAddress } from "../model/sip-address";
import type { PhoneSettings } from "../store/provisioning/users";
import {
  asksForAccounts,
  asksForPhones,
  requireAccount,
  requireSubscriber,
  setSecrets,
} from "./accounts";
import { noServers, notOfRemote, passwordTooLong, unprovisioned } from "./refusals";
import { rule } from "./rule";

/** The MAC addresses of the account's phones. */
const phonesOf = (facts: Facts, address: SipAddress): string[] =>
  facts.on("phone", address).map(({ key }) => key.mac);

/** user/change_pw: in Kamailio, with both digests, and in provisioning; both change or neither. */
export const changePassword = rule<
  { address: SipAddress; password?: string | undefined; newPassword: string },
  { address: SipAddress; password: string; local: boolean; phones: readonly string[] }
>({
  locks: ["addresses"],
  asks: [asksForPhones],
  decide(facts, { address: asked, password: given, newPassword }) {
    const { address, subscriber } = requireAccount(facts, asked);
    const width = subscriber === undefined ? Number.POSITIVE_INFINITY : facts.widths.password;
    const password = given ?? newPassword.slice(0, width);
    if (password.length > width) throw passwordTooLong(width);
    setPassword(facts, address, password);
    return {
      ...{ address, password, local: subscriber !== undefined },
      phones: phonesOf(facts, address),
    };
  },
});

/** Gives an account's password to all who know the account. The digests are made over its stored spelling. */
export function setPassword(facts: Facts, address: SipAddress, password: string): boolean {
  const { subscriber, user } = requireAccount(facts, address);
  const before = facts.changes.length;
  if (subscriber !== undefined) {
    setSecrets(facts, address, { password, ...digestSecrets(address, password) });
  }
  if (user !== undefined) facts.update("user", address, { password });
  return facts.changes.length > before;
}

/** user/change_email: Kamailio's own accounts alone have one. */
export const changeEmail = rule<{ address: SipAddress; email: string }, SipAddress>({
  locks: ["addresses"],
  asks: [asksForAccounts],
  decide(facts, { address: asked, email }) {
    const { address } = requireSubscriber(facts, asked);
    facts.update("subscriber", address, { email });
    return address;
  },
});

/** What user/update can change; null clears what can be without. */
export interface AccountUpdate {
  readonly displayname?: string | undefined;
  readonly dialplan?: string | null | undefined;
  readonly linetext?: string | null | undefined;
  readonly email?: string | undefined;
  readonly registrar?: string | undefined;
  readonly r_port?: number | undefined;
  readonly proxy?: string | undefined;
  readonly p_port?: number | undefined;
  readonly authid?: string | undefined;
}

/** What phones show of an account. */
const SHOWN = ["displayname", "dialplan", "linetext"] as const;

/** Where phones of a remote account turn to. Those of a local one turn to the domain's servers. */
const REMOTE = ["registrar", "r_port", "proxy", "p_port", "authid"] as const;

export interface UpdatedAccount {
  readonly updated: readonly string[];
  /** Given, and so already. */
  readonly skipped: readonly string[];
  /** Phones that are to be told of it, by their MAC addresses. */
  readonly phones: readonly string[];
}

/** user/update: changes what is given and answers what was so already. */
export const updateAccount = rule<{ address: SipAddress; update: AccountUpdate }, UpdatedAccount>({
  locks: ["addresses"],
  asks: [asksForPhones],
  decide(facts, { address: asked, update }) {
    const { address, subscriber, user } = requireAccount(facts, asked);
    const updated: string[] = [];
    const skipped: string[] = [];
    for (const name of [...SHOWN, ...REMOTE]) {
      if (update[name] === undefined) continue;
      if (user === undefined) throw unprovisioned(address);
      if (isRemoteOnly(name) && subscriber !== undefined) throw ofDomain(address, name);
      const given = { ...alongWith(name, update, user), [name]: update[name] };
      (facts.update("user", address, given) ? updated : skipped).push(name);
    }
    if (update.email !== undefined) {
      if (subscriber === undefined) throw notOfRemote(address, "mail address");
      const differs = facts.update("subscriber", address, { email: update.email });
      (differs ? updated : skipped).push("email");
    }
    const told = updated.some((name) => name !== "email");
    return { updated, skipped, phones: told ? phonesOf(facts, address) : [] };
  },
});

const isRemoteOnly = (name: string) => (REMOTE as readonly string[]).includes(name);

const ofDomain = ({ domain }: SipAddress, name: string) =>
  invalid(
    "parameters",
    `${name} of a local account is its domain's. Set it for new accounts: hermes domain set-servers ${domain} …`,
  );

/** A proxy that was the registrar goes where the registrar goes, unless it is given too. */
function alongWith(
  name: string,
  update: AccountUpdate,
  { registrar, proxy, r_port, p_port }: PhoneSettings,
): Partial<PhoneSettings> {
  if (registrar !== proxy) return {};
  if (name === "registrar" && update.proxy === undefined && update.registrar !== undefined) {
    return { proxy: update.registrar };
  }
  if (name === "r_port" && r_port === p_port && update.p_port === undefined && update.r_port) {
    return { p_port: update.r_port };
  }
  return {};
}

export interface AdoptedAccount {
  readonly address: SipAddress;
  readonly withPassword: boolean;
}

/**
 * user/adopt: gives an account that another tool made in Kamailio its row in provisioning. Undefined
 * where it has one already.
 */
export const adoptAccount = rule<SipAddress, AdoptedAccount | undefined>({
  locks: ["addresses"],
  asks: [
    (addresses) => ({
      accounts: addresses,
      serversOf: addresses.map(({ domain }) => domain.toLowerCase()),
    }),
  ],
  decide(facts, asked) {
    const { address, subscriber, user } = requireSubscriber(facts, asked);
    if (user !== undefined) return undefined;
    const servers = facts.get("servers", address.domain.toLowerCase())?.value;
    if (servers === undefined) throw noServers(address.domain.toLowerCase());
    const { username } = address;
    const { registrar, r_port, proxy, p_port } = servers;
    // Where Kamailio has digests only, no phone can be given a password.
    const password = subscriber.password.trim() === "" ? "" : subscriber.password;
    facts.add("user", address, {
      ...{ password, authid: username, registrar, r_port, proxy, p_port },
      ...{ dialplan: null, displayname: username, linetext: username },
    });
    return { address, withPassword: password !== "" };
  },
});

/** permission/set. */
export const setPermission = rule<
  { address: SipAddress; next: (before: number) => number },
  { address: SipAddress; permission: number }
>({
  locks: ["addresses"],
  asks: [asksForAccounts],
  decide(facts, { address: asked, next }) {
    const { address, subscriber } = requireSubscriber(facts, asked);
    const permission = next(subscriber.permittedcalls ?? 0);
    facts.update("subscriber", address, { permittedcalls: permission });
    return { address, permission };
  },
});
