import { PERMISSION_FLAGS, permissionFlags } from "../model/permission";
import { formatSipAddress, parseSipAddress, type SipAddress } from "../model/sip-address";
import type { CallClass, CallClasses } from "./call-classes";

/** What the databases know of the address that is called, as {@link dialled} has it. */
export interface CalledFacts {
  /** The domains that Kamailio serves, in lower case. */
  readonly domains: ReadonlySet<string>;
  /** Where the alias leads that is called; undefined where the address is no alias. */
  readonly destination: SipAddress | undefined;
  /** There is an account at that destination or, where the address is no alias, at the address. */
  readonly account: boolean;
}

/** A call's class; undefined where Kamailio answers 404 to everybody. */
export interface Classified {
  readonly class: CallClass | undefined;
  /** What is called: `a mobile number in Norway`. */
  readonly what: string;
}

/** Whether an account may make a call, and why. */
export interface Verdict {
  readonly class: CallClass | undefined;
  readonly allowed: boolean;
  /** A sentence for people. */
  readonly why: string;
}

/**
 * What somebody wants to call: an address, or digits as they are dialled in a domain; spaces,
 * dashes, dots and parentheses are taken off. Undefined where it is neither.
 */
export function parseCalled(text: string, domain: string): SipAddress | undefined {
  const trimmed = text.trim().replace(/^sips?:/i, "");
  if (trimmed.includes("@")) return parseSipAddress(trimmed);
  const digits = trimmed.replace(/[\s\-.()]/g, "");
  if (/^\+?[0-9*#]{1,64}$/.test(digits)) return { username: digits, domain };
  return parseSipAddress(`${trimmed}@${domain}`);
}

/** The address that Kamailio looks up for what is called, if the domain is its own. */
export function dialled({ username, domain }: SipAddress, classes: CallClasses): SipAddress {
  const rule = classes.dialling.find(({ pattern }) => matches(pattern, username));
  if (rule === undefined) return { username, domain };
  return { username: rule.prefix + username.slice(rule.strip), domain };
}

/** The class of a call, found in the order of the example's `route[CALL]`. */
export function classify(called: SipAddress, classes: CallClasses, facts: CalledFacts): Classified {
  if (!facts.domains.has(called.domain)) return elsewhere(called);
  if (matches(classes.emergency.pattern, called.username)) return classes.emergency;
  const { destination = dialled(called, classes), account } = facts;
  if (!facts.domains.has(destination.domain)) return elsewhere(destination);
  if (account) return { class: "INTERNAL", what: `the account ${formatSipAddress(destination)}` };
  return (
    classes.numbers.find(({ pattern }) => matches(pattern, destination.username)) ?? {
      class: undefined,
      what: "an address that nobody has",
    }
  );
}

/** What the sum of an account's permission flags says to a call. */
export function verdict(
  { class: needed, what }: Classified,
  permission: number,
  { emergencyAlways }: CallClasses,
): Verdict {
  const answer = (allowed: boolean, why: string) => ({ class: needed, allowed, why });
  if (needed === undefined) return answer(false, `This is ${what}: Kamailio answers 404.`);
  const called = `This is ${what}, which needs ${needed}.`;
  if (needed === "EMERGENCY" && emergencyAlways) {
    return answer(true, `${called} Emergency calls are always let through.`);
  }
  if ((permission & PERMISSION_FLAGS[needed]) !== 0)
    return answer(true, `${called} The account has it.`);
  const flags = permissionFlags(permission).join(", ") || "no flag at all";
  return answer(false, `${called} The account has ${flags}.`);
}

function elsewhere({ domain }: SipAddress): Classified {
  return { class: "VOIP", what: `an address elsewhere, at ${domain}` };
}

function matches(pattern: string, username: string): boolean {
  return new RegExp(pattern).test(username);
}
