import { type Deed, type Recorded, recorded } from "./changes/recording";
import type { Databases } from "./database/databases";
import type { LockName } from "./model/lock-name";
import { openStores } from "./store/stores";

interface Deeds<T> {
  readonly deed: Deed;
  /** Taken before anything is read. */
  readonly locks: Iterable<LockName>;
  /** Does everything and is rolled back. */
  readonly trial?: boolean;
  /** Known to take a second or more. */
  readonly long?: boolean;
  body(stores: Recorded): Promise<T>;
}

/** Does a deed in one transaction, its record with it. */
export function writeRecorded<T>(
  databases: Databases,
  { deed, locks, trial, long, body }: Deeds<T>,
): Promise<T> {
  let written: string | undefined;
  return databases.write({
    locks,
    trial,
    long,
    async body(unit) {
      const stores = recorded(openStores(unit), deed);
      const result = await body(stores);
      await stores.record.finish(stores);
      written = stores.record.begun ? stores.record.id : undefined;
      return result;
    },
    record: () => written,
    wasDone: (unit, record) => openStores(unit).records.has(record),
  });
}
