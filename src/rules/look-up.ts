import type { Facts } from "../changes/facts";
import { runOf } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";
import type { Attribute } from "../store/kamailio/preferences";
import type { Grant } from "../store/provisioning/extension-rights";
import type { HeldRow } from "../store/provisioning/held-numbers";
import type { ManagedExtension } from "../store/provisioning/managing-users";
import type { Stores } from "../store/stores";
import type { Question } from "./question";

/** So many numbers whose time is over are put back by one write. */
const PUT_BACK = 500;

/** Finds out what is asked, and no more. All of it goes to a server together. */
export async function lookUp(stores: Stores, question: Question, facts: Facts): Promise<void> {
  const asked = Object.entries(question) as [keyof Question, never][];
  await Promise.all(
    asked.map(async ([name, subjects]) => {
      await LOOK_UPS[name](stores, subjects, facts);
    }),
  );
}

type LookUp<K extends keyof Question> = (
  stores: Stores,
  subjects: NonNullable<Question[K]>,
  facts: Facts,
) => Promise<void>;

const LOOK_UPS: { readonly [K in keyof Question]-?: LookUp<K> } = {
  async accounts({ subscribers, users, preferences, disabledAccounts }, addresses, facts) {
    const asked = distinct(addresses, facts);
    const attributes = preferences.of(asked);
    const [local, provisioned, disabled, found] = await Promise.all([
      subscribers.findMany(asked, attributes),
      users.findMany(asked),
      disabledAccounts.among(asked),
      attributes,
    ]);
    for (const { address, ...values } of local) facts.learn("subscriber", address, values);
    for (const { address, ...values } of provisioned) facts.learn("user", address, values);
    for (const { address, ...secrets } of disabled) facts.learn("disabled", address, secrets);
    for (const attribute of found) learnAttribute(attribute, subscribers.apart, facts);
  },

  async groupsOf({ groups }, addresses, facts) {
    for (const membership of await groups.of(distinct(addresses, facts))) {
      facts.learn("group", membership, {});
    }
  },

  async seenOf({ registrations }, addresses, facts) {
    for (const { address, seen } of await registrations.lastSeen(distinct(addresses, facts))) {
      facts.learn("seen", address, { seen });
    }
  },

  async aliases({ aliases }, addresses, facts) {
    for (const { alias, ...values } of await aliases.findMany(distinct(addresses, facts))) {
      facts.learn("alias", alias, values);
    }
  },

  async aliasesOf({ aliases }, addresses, facts) {
    for (const { alias, ...values } of await aliases.leadingToMany(distinct(addresses, facts))) {
      facts.learn("alias", alias, values);
    }
  },

  async phonesOf({ phones }, addresses, facts) {
    for (const phone of await phones.of(distinct(addresses, facts))) {
      facts.learn("phone", phone, {});
    }
  },

  async phones({ phones, phoneModels }, given, facts) {
    const macs = [...new Set(given)];
    const [found, models] = await Promise.all([phones.withMacs(macs), phoneModels.of(macs)]);
    for (const phone of found) facts.learn("phone", phone, {});
    for (const { mac, ...values } of models) facts.learn("phoneModel", mac, values);
  },

  async rightsOn({ managingUsers, extensionRights }, addresses, facts) {
    const extensions = distinct(addresses, facts);
    const [managed, grants] = await Promise.all([
      managingUsers.of(extensions),
      extensionRights.on(extensions),
    ]);
    learnRights(managed, grants, facts);
  },

  async domains({ domains }, names, facts) {
    for (const { domain, ...values } of await domains.among([...new Set(names)])) {
      facts.learn("domain", domain, values);
    }
  },

  async livesIn({ domainUse }, names, facts) {
    for (const domain of new Set(names)) facts.livesIn.set(domain, await domainUse.of(domain));
  },

  async serversOf({ servers }, names, facts) {
    for (const { domain, servers: its } of await servers.among([...new Set(names)])) {
      facts.learn("servers", domain, its);
    }
  },

  async numbers(stores, given, facts) {
    const { numbers, heldNumbers, numberUse, aliases } = stores;
    const asked = [...new Set(given)];
    const [pool, held, used, accounts] = await Promise.all([
      numbers.existing(asked),
      heldNumbers.findMany(asked),
      aliases.ofNumbers(asked),
      numberUse.accountsNamed(asked),
    ]);
    for (const number of pool) facts.learn("number", runOf(number), {});
    learnHeld(held, facts);
    for (const { alias, ...values } of used) facts.learn("alias", alias, values);
    // Hardly ever any: accounts are named by people or extensions.
    if (accounts.length > 0) await LOOK_UPS.accounts(stores, accounts, facts);
  },

  async draw({ freeNumbers }, wanted, facts) {
    for (const [search, count] of wanted) {
      const drawn = await freeNumbers.draw(search === "" ? undefined : search, count);
      const { pool, due, passedOver } = drawn;
      for (const number of pool) facts.learn("number", runOf(number), {});
      learnHeld(due, facts);
      facts.drawn.set(search, [...pool, ...due.map(({ number }) => number)]);
      facts.passedOver.set(search, passedOver);
    }
  },

  async due(stores, _asked, facts) {
    const rows = await stores.heldNumbers.due(undefined, PUT_BACK);
    const numbers = rows.map(({ number }) => number);
    // Hardly ever any.
    if (numbers.length > 0) await LOOK_UPS.numbers(stores, numbers, facts);
    for (const number of numbers) facts.due.add(number);
  },

  async ranges({ numbers, heldNumbers, numberUse }, ranges, facts) {
    for (const range of ranges) {
      const [pool, held, used] = await Promise.all([
        numbers.within(range),
        heldNumbers.within(range),
        numberUse.within(range),
      ]);
      learnHeld(held, facts);
      facts.ranges.set(`${range.start} ${range.end}`, {
        pool,
        held: held.map(({ number }) => number),
        used,
      });
    }
  },

  async named({ extensions }, usernames, facts) {
    for (const { name, address } of await extensions.named([...new Set(usernames)])) {
      facts.learnMeaning(name, address);
    }
  },

  async operators({ operators }, namesOrIds, facts) {
    const asked = [...new Set(namesOrIds)];
    const [named, withIds] = await Promise.all([operators.named(asked), operators.withIds(asked)]);
    for (const { id, ...values } of [...named, ...withIds]) facts.learn("operator", id, values);
  },

  async anyOperator({ operators }, _asked, facts) {
    facts.anyOperator = await operators.any();
  },

  async writers({ operators }, most, facts) {
    for (const { id, ...values } of await operators.writers(most)) {
      facts.learn("operator", id, values);
    }
  },

  async apiKeys({ apiKeys }, ids, facts) {
    for (const { id, ...values } of await apiKeys.findMany(ids)) facts.learn("apiKey", id, values);
  },

  async ofOperators({ apiKeys, managingUsers, extensionRights }, ids, facts) {
    const [keys, managed, grants] = await Promise.all([
      apiKeys.ofOperators(ids),
      managingUsers.ofOperators(ids),
      extensionRights.ofOperators(ids),
    ]);
    for (const { id, ...values } of keys) facts.learn("apiKey", id, values);
    learnRights(managed, grants, facts);
  },

  async clock({ clock }, _asked, facts) {
    facts.now = await clock.now();
  },
};

function learnHeld(rows: readonly HeldRow[], facts: Facts): void {
  for (const { number, now, ...values } of rows) {
    facts.learn("heldNumber", number, values);
    facts.now = now;
  }
}

function learnRights(
  managed: readonly ManagedExtension[],
  grants: readonly Grant[],
  facts: Facts,
): void {
  for (const { extension, operatorId } of managed)
    facts.learn("manager", extension, { operatorId });
  for (const { permissions, ...key } of grants) facts.learn("rights", key, permissions);
}

/** An attribute that stands for a column of `subscriber` is the account's own, where there is one. */
function learnAttribute(
  { address, attribute, values }: Attribute,
  apart: readonly string[],
  facts: Facts,
): void {
  if (apart.includes(attribute) && facts.has("subscriber", address)) return;
  facts.learn("attribute", { address, attribute }, { values });
}

function distinct(addresses: readonly SipAddress[], { keys }: Facts): SipAddress[] {
  return [...new Map(addresses.map((address) => [keys.of(address), address])).values()];
}
