import type { Progress } from "../store/provisioning/numbers";
import type { Stores } from "../store/stores";
import type { Change, KeyOf, ValueOf, What } from "./change";
import { ofKind } from "./fold";

/** What one kind's table does with things. */
interface Writer<W extends What> {
  remove(stores: Stores, keys: KeyOf<W>[], progress?: Progress): Promise<unknown>;
  update(stores: Stores, changes: Updated<W>[]): Promise<unknown>;
  add(stores: Stores, added: Added<W>[], progress?: Progress): Promise<unknown>;
}

interface Added<W extends What> {
  readonly key: KeyOf<W>;
  readonly value: ValueOf<W>;
}

interface Updated<W extends What> {
  readonly key: KeyOf<W>;
  readonly fields: Partial<ValueOf<W>>;
}

/**
 * Puts Changes into the tables: the only way in which anything is written that a rule decides on.
 * They are folded, so each place stands in them once, and are written by the hundred rows, whatever
 * made them. Removals go first: what is added may take the place of what is removed.
 */
export async function apply(
  stores: Stores,
  net: readonly Change[],
  progress?: Progress,
): Promise<void> {
  const kinds = [...new Set(net.map(({ what }) => what))];
  // Asked for together, they reach a server together, and in this order.
  await Promise.all([
    ...kinds.map((what) => removeOf(what, net, stores, progress)),
    ...kinds.map((what) => updateOf(what, net, stores)),
    ...kinds.map((what) => addOf(what, net, stores, progress)),
  ]);
}

async function removeOf<W extends What>(
  what: W,
  net: readonly Change[],
  stores: Stores,
  progress: Progress | undefined,
) {
  const gone = ofKind(net, what).filter(({ after }) => after === null);
  const keys = gone.map(({ key }) => key as KeyOf<W>);
  if (keys.length > 0) await writer(what).remove(stores, keys, progress);
}

async function updateOf<W extends What>(what: W, net: readonly Change[], stores: Stores) {
  const changed = ofKind(net, what).flatMap(({ key, before, after }) =>
    before === null || after === null
      ? []
      : [{ key: key as KeyOf<W>, fields: after as Partial<ValueOf<W>> }],
  );
  if (changed.length > 0) await writer(what).update(stores, changed);
}

async function addOf<W extends What>(
  what: W,
  net: readonly Change[],
  stores: Stores,
  progress: Progress | undefined,
) {
  const added = ofKind(net, what).flatMap(({ key, before, after }) =>
    // What is new has all of its fields.
    before === null ? [{ key: key as KeyOf<W>, value: after as ValueOf<W> }] : [],
  );
  if (added.length > 0) await writer(what).add(stores, added, progress);
}

const writer = <W extends What>(what: W): Writer<W> => WRITERS[what] as unknown as Writer<W>;

/** Nothing is kept of it that could change. */
const unchanging = () => Promise.resolve();

const WRITERS: { readonly [W in What]: Writer<W> } = {
  subscriber: {
    remove: ({ subscribers, registrations }, keys) =>
      Promise.all([subscribers.remove(keys), registrations.clear(keys)]),
    // A registration holds no longer than the digests that it was made with.
    update: ({ subscribers, registrations }, changes) =>
      Promise.all([
        subscribers.update(changes.map(({ key, fields }) => ({ address: key, values: fields }))),
        registrations.end(
          changes.flatMap(({ key, fields }) => (fields.ha1 === undefined ? [] : [key])),
        ),
      ]),
    add: ({ subscribers, registrations }, added) =>
      Promise.all([
        registrations.clear(added.map(({ key }) => key)),
        subscribers.insert(added.map(({ key, value }) => ({ address: key, ...value }))),
      ]),
  },

  user: {
    remove: ({ users }, keys) => users.remove(keys),
    update: ({ users }, changes) =>
      users.update(changes.map(({ key, fields }) => ({ address: key, values: fields }))),
    add: ({ users }, added) =>
      users.insert(added.map(({ key, value }) => ({ address: key, ...value }))),
  },

  attribute: {
    remove: ({ preferences }, keys) => preferences.remove(keys),
    update: ({ preferences }, changes) =>
      Promise.all([
        preferences.remove(changes.map(({ key }) => key)),
        preferences.insert(changes.map(({ key, fields: { values = [] } }) => ({ ...key, values }))),
      ]),
    add: ({ preferences }, added) =>
      preferences.insert(added.map(({ key, value }) => ({ ...key, ...value }))),
  },

  group: {
    remove: ({ groups }, keys) => groups.remove(keys),
    update: unchanging,
    add: ({ groups }, added) => groups.insert(added.map(({ key }) => key)),
  },

  disabled: {
    remove: ({ disabledAccounts }, keys) => disabledAccounts.remove(keys),
    update: ({ disabledAccounts }, changes) =>
      disabledAccounts.update(changes.map(({ key, fields }) => ({ address: key, values: fields }))),
    add: ({ disabledAccounts }, added) =>
      disabledAccounts.insert(added.map(({ key, value }) => ({ address: key, ...value }))),
  },

  seen: {
    remove: ({ lastSeen }, keys) => lastSeen.remove(keys),
    update: ({ lastSeen }, changes) =>
      lastSeen.note(changes.map(({ key, fields: { seen = 0 } }) => ({ address: key, seen }))),
    add: ({ lastSeen }, added) =>
      lastSeen.note(added.map(({ key, value }) => ({ address: key, ...value }))),
  },

  alias: {
    remove: ({ aliases }, keys) => aliases.remove(keys),
    update: ({ aliases }, changes) =>
      Promise.all([
        aliases.remove(changes.map(({ key }) => key)),
        aliases.insert(
          changes.map(({ key, fields: { destinations = [] } }) => ({ alias: key, destinations })),
        ),
      ]),
    add: ({ aliases }, added) =>
      aliases.insert(added.map(({ key, value }) => ({ alias: key, ...value }))),
  },

  phone: {
    remove: ({ phones }, keys) => phones.remove(keys),
    update: unchanging,
    add: ({ phones }, added) => phones.insert(added.map(({ key }) => key)),
  },

  phoneModel: {
    remove: ({ phoneModels }, keys) => phoneModels.remove(keys),
    update: ({ phoneModels }, changes) =>
      Promise.all(changes.map(({ key, fields }) => phoneModels.update(key, fields))),
    add: ({ phoneModels }, added) =>
      phoneModels.insert(added.map(({ key, value }) => ({ mac: key, ...value }))),
  },

  number: {
    remove: ({ numbers }, keys, progress) => numbers.remove(keys, progress),
    update: unchanging,
    add: ({ numbers }, added, progress) =>
      numbers.insert(
        added.map(({ key }) => key),
        progress,
      ),
  },

  heldNumber: {
    remove: ({ heldNumbers }, keys) => heldNumbers.remove(keys),
    update: ({ heldNumbers }, changes) =>
      Promise.all(changes.map(({ key, fields }) => heldNumbers.update(key, fields))),
    add: ({ heldNumbers }, added) =>
      heldNumbers.insert(added.map(({ key, value }) => ({ number: key, ...value }))),
  },

  domain: {
    remove: ({ domains }, keys) => domains.remove(keys),
    update: unchanging,
    add: ({ domains }, added) =>
      domains.insert(added.map(({ key, value }) => ({ domain: key, ...value }))),
  },

  servers: {
    remove: ({ servers }, keys) => servers.remove(keys),
    update: ({ servers }, changes) =>
      Promise.all(changes.map(({ key, fields }) => servers.update(key, fields))),
    add: ({ servers }, added) =>
      servers.insert(added.map(({ key, value }) => ({ domain: key, servers: value }))),
  },

  operator: {
    remove: ({ operators, sessions }, keys) =>
      Promise.all([operators.remove(keys), sessions.removeOfOperators(keys)]),
    update: ({ operators }, changes) =>
      Promise.all(changes.map(({ key, fields }) => operators.update(key, fields))),
    add: ({ operators }, added) =>
      operators.insert(added.map(({ key, value }) => ({ id: key, ...value }))),
  },

  apiKey: {
    remove: ({ apiKeys, sessions }, keys) =>
      Promise.all([apiKeys.remove(keys), sessions.removeOfApiKeys(keys)]),
    update: unchanging,
    add: ({ apiKeys }, added) =>
      apiKeys.insert(added.map(({ key, value }) => ({ id: key, ...value }))),
  },

  manager: {
    remove: ({ managingUsers }, keys) => managingUsers.remove(keys),
    update: ({ managingUsers }, changes) =>
      managingUsers.update(
        changes.map(({ key, fields: { operatorId = "" } }) => ({ extension: key, operatorId })),
      ),
    add: ({ managingUsers }, added) =>
      managingUsers.insert(added.map(({ key, value }) => ({ extension: key, ...value }))),
  },

  rights: {
    remove: ({ extensionRights }, keys) => extensionRights.remove(keys),
    update: ({ extensionRights }, changes) =>
      extensionRights.update(changes.map(({ key, fields }) => ({ ...key, permissions: fields }))),
    add: ({ extensionRights }, added) =>
      extensionRights.insert(added.map(({ key, value }) => ({ ...key, permissions: value }))),
  },
};
