import * as answer from "../../answers";
import { groupBy } from "../../model/group-by";
import { type KnownState, NUMBER_STATES, type NumberEntry } from "../../model/number-state";
import { Rows } from "../../model/rows";
import { formatSipAddress } from "../../model/sip-address";
import { formatAlias } from "../../store/kamailio/aliases";
import type { Stores } from "../../store/stores";

/** What is listed of a number beside it; each only where some number of the list can have it. */
export const STATE_FIELDS = {
  number: answer.optional(answer.telephone()),
  state: answer.optional(answer.oneOf(NUMBER_STATES)),
  alias: answer.optional(answer.nullable(answer.text())),
  destination: answer.optional(answer.nullable(answer.text())),
  until: answer.optional(answer.nullable(answer.time())),
  note: answer.optional(answer.nullable(answer.text())),
};

interface Wanted {
  readonly search: string | undefined;
  readonly state: KnownState | "all";
  readonly limit: number | undefined;
}

interface Holder {
  readonly alias: string | null;
  readonly destination: string;
}

/** Numbers in a state, in order; one that several aliases have, once for each. */
export function numbersInState(stores: Stores, { search, state: asked, limit }: Wanted) {
  const state = asked === "all" ? undefined : asked;
  const entries = stores.numberCensus.entries({ search, state, first: limit });
  return new Rows(described(stores, entries)).map(({ holder, ...entry }) => ({
    number: entry.number,
    state: entry.state,
    ...(asked === "all" || asked === "assigned"
      ? { alias: holder?.alias ?? null, destination: holder?.destination ?? null }
      : {}),
    ...(asked === "free" || asked === "assigned" ? {} : { until: entry.until }),
    ...(asked === "reserved" || asked === "all" ? { note: entry.note } : {}),
  }));
}

async function* described(
  stores: Stores,
  batches: AsyncIterable<readonly NumberEntry[]>,
): AsyncGenerator<(NumberEntry & { holder?: Holder })[]> {
  for await (const batch of batches) {
    const assigned = batch.filter(({ state }) => state === "assigned");
    const holders = await holdersOf(
      stores,
      assigned.map(({ number }) => number),
    );
    yield batch.flatMap(
      (entry) => holders.get(entry.number)?.map((holder) => ({ ...entry, holder })) ?? [entry],
    );
  }
}

/** Who has each of the numbers: an alias and where it leads, or the account of that name. */
async function holdersOf(
  { aliases, numberUse }: Stores,
  numbers: readonly string[],
): Promise<Map<string, Holder[]>> {
  const [found, accounts] = await Promise.all([
    aliases.ofNumbers(numbers),
    numberUse.accountsNamed(numbers),
  ]);
  const holders = [
    ...found.flatMap((alias) =>
      formatAlias(alias).map((pair) => ({ number: alias.alias.username, ...pair })),
    ),
    ...accounts.map((address) => ({
      number: address.username,
      alias: null,
      destination: formatSipAddress(address),
    })),
  ];
  return groupBy(holders, ({ number }) => number);
}
