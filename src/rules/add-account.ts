import type { Facts } from "../changes/facts";
import { digestSecrets } from "../model/digest";
import type { IfExists } from "../model/if-exists";
import { failed, invalid } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { SIP_PORT } from "../model/sip-port";
import type { SubscriberValues } from "../store/kamailio/subscribers";
import type { SecretsAside } from "../store/provisioning/disabled-accounts";
import type { DomainServers } from "../store/provisioning/servers";
import { type PhoneSettings, PROVISIONED_ALONE } from "../store/provisioning/users";
import {
  accountAt,
  asksToForget,
  forget,
  type KnownAccount,
  locksToUse,
  numbersAmong,
  requireAccount,
  requireFree,
  setSecrets,
  takeFromPool,
} from "./accounts";
import { noServers, notKamailios, notOfRemote, passwordTooLong, unprovisioned } from "./refusals";
import { rule } from "./rule";

type AccountValues = {
  readonly [K in keyof (PhoneSettings & SubscriberValues)]?:
    | (PhoneSettings & SubscriberValues)[K]
    | undefined;
};

/** An account as it is asked for; what is left out gets its default, or stays where it is there. */
export interface WantedAccount extends AccountValues {
  readonly address: SipAddress;
  /** Left out, it is local where the domain is one of Kamailio's. */
  readonly type?: "local" | "remote" | undefined;
  /** What becomes of it where it is there already. */
  readonly ifExists: IfExists;
  /** For a local account that brings neither password nor HA1. As much of it as fits is taken. */
  readonly newPassword: string;
  /** Call permission bits where none are given. */
  readonly permission: number;
}

export interface AccountOutcome {
  readonly outcome: "added" | "updated" | "skipped";
  /** As it is then. */
  readonly account: KnownAccount;
}

type Base = Omit<DomainServers, "prov_url">;

/** What stands with Kamailio alone, beside the secrets. */
const EXTRAS = ["email", "rpid", "permittedcalls"] as const;

/**
 * user/add_local, user/add_remote and the rows of an import: adds an account to Kamailio and
 * provisioning, a remote one to provisioning only. One that is there is refused, left or updated.
 */
export const addAccount = rule<WantedAccount, AccountOutcome>({
  locks: ["addresses", "numbers"],
  locksOf: ({ address }) => locksToUse(address),

  asks: [
    (wanted) => {
      const addresses = wanted.map(({ address }) => address);
      const domains = addresses.map(({ domain }) => domain);
      return {
        ...asksToForget(addresses),
        aliases: addresses,
        numbers: numbersAmong(addresses),
        domains,
        serversOf: domains,
      };
    },
  ],

  decide(facts, wanted) {
    const outcome = addOrMeet(facts, wanted);
    return { outcome, account: requireAccount(facts, wanted.address) };
  },
});

function addOrMeet(facts: Facts, wanted: WantedAccount): AccountOutcome["outcome"] {
  const { address, ifExists } = wanted;
  const known = accountAt(facts, address);
  if (known !== undefined && ifExists === "skip") return "skipped";
  if (known !== undefined && ifExists === "update") return update(facts, wanted, known);
  const local = facts.has("domain", address.domain);
  requireType(wanted, local);
  requireFree(facts, address);
  // What the address still has was some earlier account's, which another tool removed.
  forget(facts, address);
  takeFromPool(facts, address);
  if (local) addLocal(facts, wanted);
  else addRemote(facts, wanted);
  return "added";
}

function requireType({ address: { domain }, type }: WantedAccount, local: boolean): void {
  if (type === "local" && !local) throw notKamailios(domain, "domain");
  if (type === "remote" && local) {
    throw failed(
      "domain",
      `${domain} is one of Kamailio's own domains: an account there is local. Use: hermes user add-local`,
    );
  }
}

function addLocal(facts: Facts, wanted: WantedAccount): void {
  const { address } = wanted;
  const hashed = wanted.password === undefined && wanted.ha1 !== undefined;
  const password = hashed
    ? ""
    : (wanted.password ?? wanted.newPassword.slice(0, facts.widths.password));
  requireWidth(facts, password);
  // Kamailio knows of an account's digests alone; a phone could not be given them.
  const provisioned = !hashed || PROVISIONED_ALONE.some((name) => given(wanted[name]));
  if (provisioned) {
    const base = baseOf(facts, wanted);
    if (base === undefined) throw noServers(address.domain, "servfail");
    facts.add("user", address, settings(wanted, base, password, address.username));
  }
  facts.add("subscriber", address, {
    password,
    ...(hashed
      ? { ha1: wanted.ha1 ?? "", ha1b: wanted.ha1b ?? "" }
      : digestSecrets(address, password)),
    email: wanted.email ?? null,
    rpid: wanted.rpid ?? null,
    permittedcalls: wanted.permittedcalls === undefined ? wanted.permission : wanted.permittedcalls,
  });
}

function addRemote(facts: Facts, wanted: WantedAccount): void {
  const { address, password } = wanted;
  const base = baseOf(facts, wanted);
  if (password === undefined || base === undefined) {
    const missing = password === undefined ? "password" : "registrar";
    throw invalid(
      "parameters",
      `${missing} is missing: ${address.domain} is not one of Kamailio's domains, so the account is remote.`,
    );
  }
  requireLocalOnly(wanted);
  facts.add("user", address, settings(wanted, base, password, null));
}

/** An account that is there takes what is given for it. */
function update(facts: Facts, wanted: WantedAccount, known: KnownAccount) {
  const { address, subscriber, user } = known;
  const type = subscriber === undefined ? "remote" : "local";
  if (wanted.type !== undefined && wanted.type !== type) {
    throw failed("exists", `${formatSipAddress(address)} is a ${type} account already.`);
  }
  if (subscriber === undefined) requireLocalOnly(wanted);
  if (user === undefined && PROVISIONED_ALONE.some((name) => given(wanted[name]))) {
    throw unprovisioned(address);
  }
  const before = facts.changes.length;
  const secrets = subscriber && newSecrets(facts, wanted, address, subscriber);
  if (subscriber !== undefined) {
    facts.update("subscriber", address, picked(wanted, EXTRAS) as Partial<SubscriberValues>);
    if (secrets !== undefined) setSecrets(facts, address, secrets);
  }
  if (user !== undefined) {
    const password = wanted.password ?? secrets?.password;
    facts.update("user", address, {
      ...(picked(wanted, PROVISIONED_ALONE) as Partial<PhoneSettings>),
      ...(password === undefined ? {} : { password }),
    });
  }
  return facts.changes.length > before ? "updated" : "skipped";
}

/** Password and digests, where they are others than before. */
function newSecrets(
  facts: Facts,
  { password, ha1, ha1b }: WantedAccount,
  address: SipAddress,
  before: SubscriberValues,
): SecretsAside | undefined {
  if (password !== undefined) {
    requireWidth(facts, password);
    const digests = digestSecrets(address, password);
    // A site may keep digests only.
    const kept = before.password === "" || before.password === password;
    const same = before.ha1 === digests.ha1 && before.ha1b === digests.ha1b && kept;
    return same ? undefined : { password, ...digests };
  }
  if (ha1 === undefined) return undefined;
  const same = before.ha1 === ha1 && (ha1b === undefined || before.ha1b === ha1b);
  return same ? undefined : { password: "", ha1, ha1b: ha1b ?? "" };
}

/** The servers that an account has where nothing else is said. */
function baseOf(facts: Facts, { address, registrar }: WantedAccount): Base | undefined {
  const own = facts.get("servers", address.domain)?.value;
  if (own !== undefined || registrar === undefined) return own;
  return { registrar, r_port: SIP_PORT, proxy: registrar, p_port: SIP_PORT };
}

function settings(
  wanted: WantedAccount,
  base: Base,
  password: string,
  linetext: string | null,
): PhoneSettings {
  return {
    password,
    authid: wanted.authid ?? wanted.address.username,
    registrar: wanted.registrar ?? base.registrar,
    r_port: wanted.r_port ?? base.r_port,
    proxy: wanted.proxy ?? base.proxy,
    p_port: wanted.p_port ?? base.p_port,
    dialplan: wanted.dialplan ?? null,
    displayname: wanted.displayname ?? null,
    linetext: wanted.linetext === undefined ? linetext : wanted.linetext,
  };
}

/** Refuses what a remote account can't have. */
function requireLocalOnly(wanted: WantedAccount): void {
  const name = [...EXTRAS, "ha1" as const, "ha1b" as const].find((key) => given(wanted[key]));
  if (name !== undefined) throw notOfRemote(wanted.address, name);
}

function requireWidth({ widths }: Facts, password: string): void {
  if (password.length > widths.password) throw passwordTooLong(widths.password);
}

/** Null says that there is nothing: a new account has nothing there, one that exists keeps its own. */
const given = (value: unknown) => value !== undefined && value !== null;

function picked<K extends string, V>(
  from: { readonly [N in K]?: V | null | undefined },
  names: readonly K[],
): { [N in K]?: V } {
  const entries = names.flatMap((name) => (given(from[name]) ? [[name, from[name]]] : []));
  return Object.fromEntries(entries);
}
