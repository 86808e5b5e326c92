import { failed, Refusal } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { add } from "../nodes/alias/add";
import type { Given, Values } from "../params/param";
import { readRow } from "../params/read";
import { type Alias, isNumber } from "../store/kamailio/aliases";
import type { Stores } from "../store/stores";
import type { IfExists } from "./choices";
import { type Importer, type Outcome, present, withoutEmpty } from "./import";

/** Aliases that are handled together. */
const TOGETHER = 900;

type AliasRow = Values<typeof add.params>;

/** Aliases on their way into Kamailio's table. */
export class AliasesImporter implements Importer<AliasRow> {
  readonly params = add.params;
  readonly together = TOGETHER;
  private domains: ReadonlySet<string> = new Set();

  constructor(
    private readonly stores: Stores,
    private readonly ifExists: IfExists,
  ) {}

  async begin(): Promise<void> {
    await this.stores.locks.take("addresses");
    this.domains = new Set(await this.stores.domains.list());
  }

  read(given: Given): AliasRow | Promise<AliasRow> {
    return readRow(this.params, withoutEmpty(given));
  }

  /** A destination has one number at most, so the second must find the first. */
  keys({ alias, destination }: AliasRow): readonly string[] {
    const { keys } = this.stores;
    const own = keys.of(alias);
    return isNumber(alias) ? [own, `number of ${keys.of(destination)}`] : [own];
  }

  async apply(rows: readonly AliasRow[]): Promise<Outcome[]> {
    const { stores } = this;
    const { keys } = stores;
    const aliases = rows.map(({ alias }) => alias);
    const destinations = rows.map(({ destination }) => destination);
    const subscribers = await stores.subscribers.spellings([...aliases, ...destinations], keys);
    const users = await stores.users.findMany(aliases, keys);
    const found = new Map<string, Alias>();
    for (const alias of await stores.aliases.findMany(aliases)) {
      found.set(keys.of(alias.alias), alias);
    }
    const numbers = new Map<string, Alias>();
    for (const alias of await stores.aliases.e164LeadingToMany(destinations)) {
      numbers.set(keys.of(alias.destination), alias);
    }

    const removed: SipAddress[] = [];
    const added: Alias[] = [];
    const outcomes = rows.map(({ alias, destination }): Outcome => {
      const key = keys.of(alias);
      const shown = formatSipAddress(alias);
      if (!this.domains.has(alias.domain)) {
        return failed("nxdomain", `${alias.domain} is not one of Kamailio's domains.`);
      }
      if (subscribers.has(key) || users.has(key)) {
        return failed("exists", `There is an account ${shown} already.`);
      }
      const before = found.get(key);
      if (before !== undefined && this.ifExists !== "update") {
        const { destination } = before;
        return present(this.ifExists, `${shown} is an alias of ${formatSipAddress(destination)}.`);
      }
      const there = this.destination(destination, subscribers);
      if (there instanceof Refusal) return there;
      if (before !== undefined && keys.of(before.destination) === keys.of(there)) return "skipped";
      const number = isNumber(alias) ? numbers.get(keys.of(there)) : undefined;
      if (number !== undefined) {
        return failed(
          "exists",
          `${formatSipAddress(there)} has the E.164 alias ${formatSipAddress(number.alias)} already.`,
        );
      }
      if (before !== undefined) {
        removed.push(alias);
        if (isNumber(alias)) numbers.delete(keys.of(before.destination));
      }
      added.push({ alias: before?.alias ?? alias, destination: there });
      return before === undefined ? "added" : "updated";
    });
    await stores.aliases.removeMany(removed);
    await stores.aliases.insertMany(added);
    return outcomes;
  }

  /** A destination in one of Kamailio's domains must be a subscriber; it is spelled as stored. */
  private destination(
    destination: SipAddress,
    subscribers: ReadonlyMap<string, SipAddress>,
  ): SipAddress | Refusal {
    if (!this.domains.has(destination.domain)) return destination;
    return (
      subscribers.get(this.stores.keys.of(destination)) ??
      failed("nonexistant", `There is no local account ${formatSipAddress(destination)}.`)
    );
  }
}
