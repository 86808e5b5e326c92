import type { KeyOf, What } from "../changes/change";
import type { Entry, Facts } from "../changes/facts";
import { digestSecrets } from "../model/digest";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { SecretsAside } from "../store/provisioning/disabled-accounts";
import type { PhoneSettings } from "../store/provisioning/users";
import {
  asksToForget,
  forget,
  type KnownAccount,
  numbersAmong,
  requireAccount,
  requireFree,
  takeFromPool,
} from "./accounts";
import { notKamailios } from "./refusals";
import { rule } from "./rule";

export interface AccountToRename {
  readonly address: SipAddress;
  readonly to: SipAddress;
  /** For an account of which only digests are known. As much of it as fits is taken. */
  readonly newPassword: string;
}

export interface RenamedAccount {
  readonly from: SipAddress;
  readonly address: SipAddress;
  /** Whether its phones register with Kamailio. */
  readonly local: boolean;
  /** Where one had to be made. */
  readonly made: string | undefined;
}

/** user/rename: everything moves to the new address; digests are made anew, for they have it in them. */
export const renameAccount = rule<AccountToRename, RenamedAccount>({
  locks: ["addresses", "numbers"],

  asks: [
    (wanted) => {
      const from = wanted.map(({ address }) => address);
      const to = wanted.map(({ to }) => to);
      const domains = [...from, ...to].map(({ domain }) => domain.toLowerCase());
      return {
        ...asksToForget([...from, ...to]),
        aliases: to,
        aliasesOf: from,
        phonesOf: from,
        numbers: numbersAmong(to),
        domains,
        serversOf: domains,
      };
    },
  ],

  decide(facts, { address: asked, to, newPassword }) {
    const account = requireAccount(facts, asked);
    const from = account.address;
    requirePlace(facts, account, to);
    const made = movePlaces(facts, account, to, newPassword);
    moveBelongings(facts, from, to);
    takeFromPool(facts, to);
    return { from, address: to, local: account.subscriber !== undefined, made };
  },
});

/** A local account stays in Kamailio's domains, a remote one outside, and nobody is at the address. */
function requirePlace(facts: Facts, { address, subscriber }: KnownAccount, to: SipAddress): void {
  const kamailios = facts.has("domain", to.domain);
  if (subscriber !== undefined && !kamailios) throw notKamailios(to.domain, "domain");
  if (subscriber === undefined && kamailios) {
    throw failed(
      "domain",
      `${to.domain} is one of Kamailio's own domains, and ${formatSipAddress(address)} is a remote account.`,
    );
  }
  // It may be the same address in another spelling.
  const same = facts.keys.same(address, to);
  if (!same || formatSipAddress(address) === formatSipAddress(to)) requireFree(facts, to);
  if (!same) forget(facts, to);
}

/** The account itself. Answers the password, where one had to be made. */
function movePlaces(
  facts: Facts,
  account: KnownAccount,
  to: SipAddress,
  newPassword: string,
): string | undefined {
  const { address: from, subscriber, user } = account;
  const known = subscriber && passwordOf(account);
  const made =
    subscriber !== undefined && known === undefined
      ? newPassword.slice(0, facts.widths.password)
      : undefined;
  if (subscriber !== undefined) {
    // A site may keep digests only.
    const kept = known !== undefined && subscriber.password === "" ? "" : (known ?? made ?? "");
    moveSubscriber(facts, from, to, {
      password: kept,
      ...digestSecrets(to, known ?? made ?? ""),
    });
  }
  if (user !== undefined) {
    facts.remove("user", from);
    facts.add("user", to, {
      ...movedSettings(facts, user, from, to),
      password: made ?? user.password,
    });
  }
  return made;
}

/** The password that the account registers with, where anybody knows it. */
function passwordOf({ address, subscriber, user }: KnownAccount): string | undefined {
  return [subscriber?.password, user?.password].find(
    (password) => password && digestSecrets(address, password).ha1 === subscriber?.ha1,
  );
}

function moveSubscriber(
  facts: Facts,
  from: SipAddress,
  to: SipAddress,
  secrets: SecretsAside,
): void {
  const stored = facts.get("subscriber", from)?.value;
  if (stored === undefined) return;
  facts.remove("subscriber", from);
  if (facts.remove("disabled", from)) {
    // It stays disabled: what Kamailio has meanwhile is nobody's password.
    facts.add("disabled", to, secrets);
    facts.add("subscriber", to, { ...stored, ...digestSecrets(to, stored.password) });
  } else {
    facts.add("subscriber", to, { ...stored, ...secrets });
  }
}

/** What follows from the address follows it; what somebody has chosen stays. */
function movedSettings(
  facts: Facts,
  user: PhoneSettings,
  from: SipAddress,
  to: SipAddress,
): PhoneSettings {
  const followed = <T extends string | null>(name: T) =>
    name === from.username ? to.username : name;
  return {
    ...user,
    ...movedServers(facts, user, from, to),
    authid: followed(user.authid),
    linetext: followed(user.linetext),
  };
}

const SERVERS = ["registrar", "r_port", "proxy", "p_port"] as const;

/** The new domain's servers, where the account has had the old one's. */
function movedServers(facts: Facts, user: PhoneSettings, from: SipAddress, to: SipAddress) {
  const before = facts.get("servers", from.domain.toLowerCase())?.value;
  const after = facts.get("servers", to.domain)?.value;
  if (before === undefined || after === undefined) return {};
  if (SERVERS.some((name) => user[name] !== before[name])) return {};
  const { registrar, r_port, proxy, p_port } = after;
  return { registrar, r_port, proxy, p_port };
}

/** What hangs on the account. */
function moveBelongings(facts: Facts, from: SipAddress, to: SipAddress): void {
  for (const each of facts.on("attribute", from)) {
    move(facts, "attribute", each, { ...each.key, address: to });
  }
  for (const each of facts.on("group", from))
    move(facts, "group", each, { ...each.key, address: to });
  for (const each of facts.on("phone", from))
    move(facts, "phone", each, { ...each.key, address: to });
  for (const each of facts.on("rights", from)) {
    move(facts, "rights", each, { ...each.key, extension: to });
  }
  for (const { key, value } of facts.on("alias", from)) {
    const destinations = value.destinations.map((each) =>
      facts.keys.same(each, from) ? to : each,
    );
    facts.update("alias", key, { destinations });
  }
  move(facts, "manager", facts.get("manager", from), to);
  move(facts, "seen", facts.get("seen", from), to);
}

/** Puts what is at one place at another; where nothing is, nothing moves. */
function move<W extends What>(
  facts: Facts,
  what: W,
  there: Entry<W> | undefined,
  to: KeyOf<W>,
): void {
  if (there === undefined) return;
  facts.remove(what, there.key);
  facts.add(what, to, there.value);
}
