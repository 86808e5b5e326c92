import type { KeyOf, ValueOf, What } from "../changes/change";
import type { Entry } from "../changes/facts";
import { runsOf } from "../model/number-range";
import { Rows } from "../model/rows";
import type { SipAddress } from "../model/sip-address";
import { pagesOf } from "../store/bulk/pages";
import type { Stores } from "../store/stores";

/** Everything of one kind, some at a time. */
type Source<W extends What> = (stores: Stores) => AsyncGenerator<Entry<W>[]>;

/** Numbers that are read at once, and made into runs. */
const NUMBERS = 10_000;

/**
 * Where everything of each kind is read, in the order in which it can be put back: what hangs on
 * something comes behind it.
 */
const SOURCES: { readonly [W in What]: Source<W> } = {
  async *domain({ domains }) {
    const all = await domains.among(await domains.list());
    yield all.map(({ domain, did }) => entry<"domain">(domain, { did }));
  },
  async *servers({ servers }) {
    yield [...(await servers.all())].map(([key, value]) => entry<"servers">(key, value));
  },
  async *operator({ inventory, operators }) {
    for await (const ids of inventory.values("operators", "id")) {
      yield (await operators.withIds(ids)).map(({ id, ...value }) => entry<"operator">(id, value));
    }
  },
  async *apiKey({ apiKeys }) {
    yield (await apiKeys.list()).map(({ id, ...value }) => entry<"apiKey">(id, value));
  },
  subscriber: ({ inventory, subscribers }) =>
    at(inventory.addresses("kamailio", "subscriber"), async (addresses) =>
      (await subscribers.findMany(addresses)).map(({ address, ...value }) =>
        entry<"subscriber">(address, value),
      ),
    ),
  user: ({ inventory, users }) =>
    at(inventory.addresses("provisioning", "users"), async (addresses) =>
      (await users.findMany(addresses)).map(({ address, ...value }) =>
        entry<"user">(address, value),
      ),
    ),
  attribute: ({ inventory, preferences, subscribers, keys }) =>
    at(inventory.addresses("kamailio", "usr_preferences"), async (addresses) => {
      const [found, local] = await Promise.all([
        preferences.of(addresses),
        subscribers.findMany(addresses, Promise.resolve([])),
      ]);
      const own = new Set(local.map(({ address }) => keys.of(address)));
      // What stands for a column of an account's is the account's.
      return found
        .filter(
          ({ address, attribute }) =>
            !(subscribers.apart as readonly string[]).includes(attribute) ||
            !own.has(keys.of(address)),
        )
        .map(({ address, attribute, ...value }) =>
          entry<"attribute">({ address, attribute }, value),
        );
    }),
  group: ({ inventory, groups }) =>
    at(inventory.addresses("kamailio", "grp"), async (addresses) =>
      (await groups.of(addresses)).map((key) => entry<"group">(key, {})),
    ),
  disabled: ({ inventory, disabledAccounts }) =>
    at(inventory.addresses("provisioning", "disabled_accounts"), async (addresses) =>
      (await disabledAccounts.among(addresses)).map(({ address, ...value }) =>
        entry<"disabled">(address, value),
      ),
    ),
  seen: ({ inventory, lastSeen }) =>
    at(inventory.addresses("provisioning", "last_seen"), async (addresses) =>
      (await lastSeen.of(addresses)).map(({ address, ...value }) => entry<"seen">(address, value)),
    ),
  alias: ({ inventory, aliases }) =>
    at(inventory.addresses("kamailio", "dbaliases", ALIAS), async (addresses) =>
      (await aliases.findMany(addresses)).map(({ alias, ...value }) =>
        entry<"alias">(alias, value),
      ),
    ),
  phone: ({ inventory, phones }) =>
    at(inventory.addresses("provisioning", "phones"), async (addresses) =>
      (await phones.of(addresses)).map((key) => entry<"phone">(key, {})),
    ),
  async *phoneModel({ inventory, phoneModels }) {
    for await (const macs of inventory.values("phone_models", "mac")) {
      yield (await phoneModels.of(macs)).map(({ mac, ...value }) =>
        entry<"phoneModel">(mac, value),
      );
    }
  },
  manager: ({ inventory, managingUsers }) =>
    at(inventory.addresses("provisioning", "managing_users"), async (addresses) =>
      (await managingUsers.of(addresses)).map(({ extension, operatorId }) =>
        entry<"manager">(extension, { operatorId }),
      ),
    ),
  rights: ({ inventory, extensionRights }) =>
    at(inventory.addresses("provisioning", "extension_grants"), async (addresses) =>
      (await extensionRights.on(addresses)).map(({ permissions, ...key }) =>
        entry<"rights">(key, permissions),
      ),
    ),
  async *number({ numbers }) {
    for await (const page of pagesOf<string>(NUMBERS, (after = "") =>
      new Rows(numbers.page({ after, most: NUMBERS })).toArray(),
    )) {
      yield runsOf(page).map((run) => entry<"number">(run, {}));
    }
  },
  async *heldNumber({ inventory, heldNumbers }) {
    for await (const page of inventory.values("held_numbers", "number")) {
      yield (await heldNumbers.findMany(page)).map(({ number, state, until, note }) =>
        entry<"heldNumber">(number, { state, until, note }),
      );
    }
  },
};

const ALIAS: SipAddress = { username: "alias_username", domain: "alias_domain" };

/** Every kind, in that order. */
export const kinds = Object.keys(SOURCES) as readonly What[];

/** Domains and their servers are a site's before it has anything else. */
export const GROUND: ReadonlySet<What> = new Set(["domain", "servers"]);

/** Everything of a kind. */
export async function* everything(what: What, stores: Stores): AsyncGenerator<Entry<What>[]> {
  for await (const some of SOURCES[what](stores)) {
    if (some.length > 0) yield some as Entry<What>[];
  }
}

const entry = <W extends What>(key: KeyOf<W>, value: ValueOf<W>): Entry<W> => ({ key, value });

async function* at<W extends What>(
  pages: AsyncIterable<SipAddress[]>,
  look: (addresses: SipAddress[]) => Promise<Entry<W>[]>,
): AsyncGenerator<Entry<W>[]> {
  for await (const addresses of pages) yield await look(addresses);
}
