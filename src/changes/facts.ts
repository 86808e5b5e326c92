import type { AddressKeys } from "../model/address-keys";
import type { NumberRun } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";
import { type Change, difference, inverse, type KeyOf, type ValueOf, type What } from "./change";
import { ownersOf, placeOf } from "./places";

/** A thing that is there. */
export interface Entry<W extends What> {
  /** Spelled as stored. */
  readonly key: KeyOf<W>;
  readonly value: ValueOf<W>;
}

/** What the site's tables can hold, in characters. */
export interface Widths {
  readonly password: number;
  readonly attribute: number;
}

/** Numbers of a range, as they stand. */
export interface RangeFacts {
  /** Those that the pool has. */
  readonly pool: readonly NumberRun[];
  /** Those that are out of it for a while. */
  readonly held: readonly string[];
  /** Those that are some account's alias or name, in order. */
  readonly used: readonly string[];
}

/** Some of those in a domain, as examples. */
export interface DomainUse {
  readonly accounts: readonly SipAddress[];
  readonly aliases: readonly SipAddress[];
}

/**
 * What is known: what was looked up, as it stands once the Changes made so far are done. A rule asks
 * it, and makes its Changes in it, so that the next one sees them. Nothing here touches a database.
 */
export class Facts {
  /** In the order in which they were made. */
  readonly changes: Change[] = [];
  /** Numbers of the pool that nobody uses, drawn for requests that take any: by their search. */
  readonly drawn = new Map<string, string[]>();
  /** How many were passed over, as other tools had given them out already: by search. */
  readonly passedOver = new Map<string, number>();
  readonly ranges = new Map<string, RangeFacts>();
  /** Held numbers whose time is over, for whoever writes to put back. */
  readonly due = new Set<string>();
  /** The database's time in unix seconds, where it was asked. */
  now = 0;
  /** Some of the accounts and aliases in a domain. */
  readonly livesIn = new Map<string, DomainUse>();
  /** Whether there was any operator at all when it was asked. */
  anyOperator = false;
  private readonly meanings = new Map<string, SipAddress[]>();
  private readonly shelves = new Map<What, Map<string, Entry<What>>>();
  private readonly owned = new Map<What, Map<string, Set<string>>>();

  constructor(
    readonly keys: AddressKeys,
    readonly widths: Widths,
  ) {}

  get<W extends What>(what: W, key: KeyOf<W>): Entry<W> | undefined {
    return this.shelf(what).get(placeOf(what, key, this.keys));
  }

  has<W extends What>(what: W, key: KeyOf<W>): boolean {
    return this.get(what, key) !== undefined;
  }

  /** What hangs on an address (aliases on their destination, phones on their account), a phone or an operator. */
  on<W extends What>(what: W, owner: SipAddress | string): Entry<W>[] {
    const name = typeof owner === "string" ? owner : this.keys.of(owner);
    const places = this.owned.get(what)?.get(name) ?? [];
    return [...places].flatMap((place) => this.shelf(what).get(place) ?? []);
  }

  /** Everything of a kind that was looked up. */
  all<W extends What>(what: W): Entry<W>[] {
    return [...this.shelf(what).values()];
  }

  /** What a look-up has found; it is no Change. */
  learn<W extends What>(what: W, key: KeyOf<W>, value: ValueOf<W>): void {
    this.put(what, key, value);
  }

  /** A user part alone may mean this address. */
  learnMeaning(name: string, address: SipAddress): void {
    const place = this.nameKey(name);
    this.meanings.set(place, [...(this.meanings.get(place) ?? []), address]);
  }

  meaningsOf(name: string): readonly SipAddress[] {
    return this.meanings.get(this.nameKey(name)) ?? [];
  }

  add<W extends What>(what: W, key: KeyOf<W>, value: ValueOf<W>): void {
    this.make({ what, key, before: null, after: value } as Change);
  }

  /** Changes those of the fields that differ; answers whether any does. */
  update<W extends What>(what: W, key: KeyOf<W>, fields: Partial<ValueOf<W>>): boolean {
    const known = this.get(what, key);
    if (known === undefined) throw new Error(`There is no ${what} to change.`);
    const differing = difference(known.value, fields);
    if (differing === undefined) return false;
    this.make({ what, key: known.key, ...differing } as Change);
    return true;
  }

  /** Leaves exactly this there. */
  set<W extends What>(what: W, key: KeyOf<W>, value: ValueOf<W>): void {
    if (this.has(what, key)) this.update(what, key, value);
    else this.add(what, key, value);
  }

  /** Answers whether there was one. */
  remove<W extends What>(what: W, key: KeyOf<W>): boolean {
    const known = this.get(what, key);
    if (known === undefined) return false;
    this.make({ what, key: known.key, before: known.value, after: null } as Change);
    return true;
  }

  /** Runs `decide`; where it throws, what it had made is taken back. */
  attempt<T>(decide: () => T): T {
    const mark = this.changes.length;
    try {
      return decide();
    } catch (error) {
      for (const change of this.changes.splice(mark).reverse()) this.note(inverse(change));
      throw error;
    }
  }

  /** Lets what is known follow a Change. */
  note({ what, key, before, after }: Change): void {
    if (after === null) this.take(what, key);
    else if (before === null) this.put(what, key, after as ValueOf<What>);
    else this.put(what, key, { ...this.get(what, key)?.value, ...after } as ValueOf<What>);
  }

  private nameKey(username: string): string {
    return this.keys.of({ username, domain: "" });
  }

  private make(change: Change): void {
    this.changes.push(change);
    this.note(change);
  }

  private put<W extends What>(what: W, key: KeyOf<W>, value: ValueOf<W>): void {
    this.take(what, key);
    const place = placeOf(what, key, this.keys);
    (this.shelf(what) as Map<string, Entry<W>>).set(place, { key, value });
    for (const owner of ownersOf(what, key, value, this.keys))
      this.placesOf(what, owner).add(place);
  }

  private take<W extends What>(what: W, key: KeyOf<W>): void {
    const place = placeOf(what, key, this.keys);
    const known = this.shelf(what).get(place);
    if (known === undefined) return;
    this.shelf(what).delete(place);
    for (const owner of ownersOf(what, known.key, known.value, this.keys)) {
      this.placesOf(what, owner).delete(place);
    }
  }

  private shelf<W extends What>(what: W): Map<string, Entry<W>> {
    const shelf = this.shelves.get(what) ?? new Map<string, Entry<What>>();
    this.shelves.set(what, shelf);
    return shelf as unknown as Map<string, Entry<W>>;
  }

  private placesOf(what: What, owner: string): Set<string> {
    const owners = this.owned.get(what) ?? new Map<string, Set<string>>();
    this.owned.set(what, owners);
    const places = owners.get(owner) ?? new Set<string>();
    owners.set(owner, places);
    return places;
  }
}
