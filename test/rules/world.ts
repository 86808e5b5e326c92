import type { What } from "../../src/changes/change";
import { Facts } from "../../src/changes/facts";
import { AddressKeys } from "../../src/model/address-keys";
import { digestSecrets } from "../../src/model/digest";
import { looksLikeE164 } from "../../src/model/e164-form";
import { Refusal } from "../../src/model/refusal";
import { formatSipAddress, type SipAddress } from "../../src/model/sip-address";
import { usualServers } from "../../src/rules/domains";
import type { Rule } from "../../src/rules/rule";

export const DOMAIN = "example.org";

const KINDS: readonly What[] = [
  ...(["subscriber", "user", "attribute", "alias", "phone", "number", "heldNumber"] as const),
  ...(["domain", "servers", "operator", "apiKey", "manager", "rights"] as const),
  ...(["group", "disabled", "seen"] as const),
];

/** A site of which everything is known: what rules decide on it is done at once. */
export function newWorld(): Facts {
  const world = new Facts(new AddressKeys(true), { password: 64, attribute: 128 });
  world.learn("domain", DOMAIN, { did: DOMAIN });
  world.learn("servers", DOMAIN, usualServers(DOMAIN));
  return world;
}

/** Decides, and answers the outcome or the Refusal. */
export function attempt<W, O>(world: Facts, rule: Rule<W, O>, wanted: W): O | Refusal {
  try {
    return world.attempt(() => rule.decide(world, wanted));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Everything that stands in the world, in one order. */
export function snapshot(world: Facts): string {
  const things = KINDS.flatMap((what) =>
    world.all(what).map(({ key, value }) => `${what} ${JSON.stringify(key)} ${sorted(value)}`),
  );
  return things.sort().join("\n");
}

const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());

/** What must hold whatever was decided; a sentence for each that does not. */
export function brokenInvariants(world: Facts): string[] {
  const isAccount = (address: SipAddress) =>
    world.has("subscriber", address) || world.has("user", address);
  return [
    ...world.all("alias").flatMap(({ key, value }) => {
      const shown = formatSipAddress(key);
      return [
        ...(isAccount(key) ? [`${shown} is an alias and an account`] : []),
        ...(value.destinations.length === 1 ? [] : [`${shown} has not one destination`]),
        ...value.destinations
          .filter((to) => world.has("domain", to.domain) && !world.has("subscriber", to))
          .map((to) => `${shown} leads to ${formatSipAddress(to)}, which is no account`),
      ];
    }),
    ...world.all("subscriber").flatMap(({ key, value }) => {
      const numbers = world.on("alias", key).filter(({ key }) => looksLikeE164(key.username));
      const { ha1, ha1b } = digestSecrets(key, value.password);
      const provisioned = world.get("user", key)?.value.password;
      const password = world.get("disabled", key)?.value.password ?? value.password;
      return [
        ...(numbers.length > 1 ? [`${formatSipAddress(key)} has two numbers`] : []),
        ...(value.ha1 === ha1 && value.ha1b === ha1b ? [] : ["digests of another password"]),
        ...(provisioned === password ? [] : ["two passwords"]),
      ];
    }),
    ...world
      .all("phone")
      .filter(({ key }) => !isAccount(key.address))
      .map(({ key }) => `phone ${key.mac} of nobody`),
    ...world
      .all("number")
      .filter(({ key }) => world.on("alias", key.start).length > 0)
      .map(({ key }) => `${key.start} is in the pool and in use`),
    ...world
      .all("heldNumber")
      .filter(({ key }) => world.on("alias", key).length > 0)
      .map(({ key }) => `${key} is held and in use`),
    ...[
      ...world.all("attribute").map(({ key }) => key.address),
      ...world.all("group").map(({ key }) => key.address),
      ...world.all("seen").map(({ key }) => key),
      ...world.all("disabled").map(({ key }) => key),
    ]
      .filter((address) => !isAccount(address))
      .map((address) => `something of ${formatSipAddress(address)}, which is no account`),
    ...world
      .all("disabled")
      .filter(({ key, value }) => world.get("subscriber", key)?.value.ha1 === value.ha1)
      .map(({ key }) => `${formatSipAddress(key)} is disabled and can register`),
  ];
}
