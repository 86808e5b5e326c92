import { failed, invalid, Refusal } from "../model/refusal";
import { type SipAddress, formatSipAddress as shown } from "../model/sip-address";

// Sentences that several rules have to say, each in one place.

export const noAccount = (address: SipAddress): Refusal =>
  new Refusal(
    "failed",
    "nonexistant",
    `There is no account ${shown(address)}.`,
    {},
    {
      account: address,
    },
  );

export const notLocal = (address: SipAddress): Refusal =>
  failed(
    "nonexistant",
    `${shown(address)} is a remote account: Kamailio has no subscriber of that address.`,
  );

/** What a remote account can't have. */
export const notOfRemote = (address: SipAddress, thing: string): Refusal =>
  failed("nonexistant", `${shown(address)} is a remote account: it has no ${thing}.`);

export const unprovisioned = (address: SipAddress): Refusal =>
  failed(
    "nonexistant",
    `${shown(address)} is not in provisioning yet. Adopt it: hermes user adopt ${shown(address)}`,
  );

export const accountExists = (address: SipAddress): Refusal =>
  failed("exists", `There is an account ${shown(address)} already.`);

export const aliasExists = (alias: SipAddress, [destination]: readonly SipAddress[]): Refusal =>
  failed(
    "exists",
    `${shown(alias)} is an alias of ${destination === undefined ? "nobody" : shown(destination)}.`,
  );

/** `cause` is the node's own: the API document has several for it. */
export const notKamailios = (domain: string, cause: string): Refusal =>
  new Refusal(
    "failed",
    cause,
    `${domain} is not one of Kamailio's domains. See: hermes domain list`,
    {},
    { domain },
  );

export const noServers = (domain: string): Refusal =>
  failed(
    "servfail",
    `${domain} has no default servers for phones. Set them: hermes domain set-servers ${domain} …`,
  );

/** `because` is a sentence on what is known of it. */
export const notInPool = (number: string, because = ""): Refusal =>
  failed("nonexistant", `${number} is not in the pool. ${because}`.trimEnd());

export const inPool = (number: string, because = ""): Refusal =>
  failed("exists", `${number} is in the pool already. ${because}`.trimEnd());

export const passwordTooLong = (width: number): Refusal =>
  invalid("parameters", `password is longer than Kamailio's table holds: ${width} characters.`);
