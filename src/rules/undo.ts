import { type Change, same, type What } from "../changes/change";
import type { Entry, Facts, RangeFacts } from "../changes/facts";
import { ofKind } from "../changes/fold";
import { addressesOf, nameOf } from "../changes/render";
import { LOCK_NAMES } from "../model/lock-name";
import { countOf, type NumberRun, runsOf, totalOf, without } from "../model/number-range";
import { isDue } from "../model/number-state";
import { failed } from "../model/refusal";
import { numbersAmong } from "./accounts";
import { addNumberTo, alreadyThere, poolHas, takeNumber, useOf } from "./pool";
import type { Question } from "./question";
import { rule } from "./rule";
import { misfits } from "./undo-fit";

export interface Undone {
  /** Numbers that stay out of the pool, as they are in use. */
  readonly inuse: number;
}

/** So many things that stand in the way are named; of the rest their number. */
const NAMED = 5;

/**
 * undo: makes Changes that take others back, where what those left is still so and fits to what is
 * there now. Wanted are a record's Changes, or a part of them, inverted.
 */
export const undoChanges = rule<readonly Change[], Undone>({
  locks: LOCK_NAMES,
  asks: [(wanted) => questionOf(wanted.flat())],
  decide(facts, wanted) {
    const changes = withoutReturns(facts, wanted);
    const obstacles: string[] = [];
    let inuse = 0;
    for (const change of inOrder(changes)) {
      const { obstacle, kept = 0 } = takeBack(facts, change);
      if (obstacle !== undefined) obstacles.push(obstacle);
      inuse += kept;
    }
    if (obstacles.length === 0) obstacles.push(...misfits(facts, changes));
    if (obstacles.length > 0) throw changed(obstacles);
    return { inuse };
  },
});

/** What became of taking one Change back: it was done, or something stands in the way. */
interface Attempt {
  readonly obstacle?: string | undefined;
  /** So many numbers stay out of the pool, as they are in use. */
  readonly kept?: number;
}

function takeBack(facts: Facts, change: Change): Attempt {
  if (change.what === "number") return takeBackNumbers(facts, change);
  if (change.what === "heldNumber") return takeBackHeld(facts, change);
  const obstacle = standsInTheWay(facts, change);
  if (obstacle === undefined) exchange(facts, change);
  return { obstacle: FLEETING.has(change.what) ? undefined : obstacle };
}

/** Removals first: what is added may take the place of what is removed. */
function inOrder(changes: readonly Change[]): Change[] {
  const rank = ({ before, after }: Change) => (after === null ? 0 : before === null ? 2 : 1);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/** What comes and goes by itself is no obstacle, and is left as it is. */
const FLEETING: ReadonlySet<What> = new Set(["seen"]);

/** Fields that change by themselves. */
const MOVING: { readonly [W in What]?: readonly string[] } = { apiKey: ["lastUsed"] };

function standsInTheWay(facts: Facts, { what, key, before }: Change): string | undefined {
  const known: Entry<What> | undefined = facts.get(what, key);
  const name = `${what} ${nameOf(what, key)}`;
  if (before === null) return known === undefined ? undefined : `${name} is there again`;
  if (known === undefined) return `${name} is gone`;
  const now = known.value as Readonly<Record<string, unknown>>;
  const differing = Object.entries(before).flatMap(([field, value]) =>
    MOVING[what]?.includes(field) || same(now[field] ?? null, value ?? null) ? [] : [field],
  );
  return differing.length === 0
    ? undefined
    : `${name} has another ${differing.join(" and ")} by now`;
}

function exchange(facts: Facts, { what, key, before, after }: Change): void {
  if (after === null) facts.remove(what, key);
  else if (before === null) facts.add(what, key, after as never);
  else facts.update(what, key, after as never);
}

/** Numbers that go back to the pool, or out of it. */
function takeBackNumbers(facts: Facts, { key, after }: Change<"number">): Attempt {
  if (key.start === key.end) {
    return after === null ? takeOut(facts, key.start) : putIn(facts, key.start);
  }
  const { pool, held, used } = facts.ranges.get(`${key.start} ${key.end}`) ?? NOTHING;
  const inPool = totalOf(pool);
  const there = inPool + held.length;
  if (after === null) {
    const missing = countOf(key) - inPool;
    if (missing > 0) return { obstacle: `${numbers(missing, key)} not in the pool any more` };
    facts.learn("number", key, {});
    facts.remove("number", key);
    return {};
  }
  if (there > 0) return { obstacle: `${numbers(there, key)} there again` };
  const free = without(key, runsOf(used));
  for (const run of free) facts.add("number", run, {});
  return { kept: countOf(key) - totalOf(free) };
}

const NOTHING: RangeFacts = { pool: [], held: [], used: [] };

function takeOut(facts: Facts, number: string): Attempt {
  if (!poolHas(facts, number)) return { obstacle: `${number} is not in the pool any more` };
  takeNumber(facts, number);
  return {};
}

function putIn(facts: Facts, number: string): Attempt {
  if (alreadyThere(facts, number) !== undefined) return { obstacle: `${number} is there again` };
  if (useOf(facts, number) !== undefined) return { kept: 1 };
  addNumberTo(facts, number);
  return {};
}

/** A number that is held again, no more, or otherwise. One whose time is over is as good as free. */
function takeBackHeld(facts: Facts, change: Change<"heldNumber">): Attempt {
  const { key: number, before, after } = change;
  if (after === null && !facts.has("heldNumber", number)) return takeOut(facts, number);
  if (before !== null) {
    const obstacle = standsInTheWay(facts, change);
    if (obstacle === undefined) exchange(facts, change);
    return { obstacle };
  }
  if (alreadyThere(facts, number) !== undefined) return { obstacle: `${number} is there again` };
  if (useOf(facts, number) !== undefined) return { kept: 1 };
  if (isOver(facts, change)) addNumberTo(facts, number);
  else exchange(facts, change);
  return {};
}

/**
 * The Changes without those by which a writer put numbers back whose time was over: they would be
 * free now in any case, and whoever has got one since has got it rightly.
 */
function withoutReturns(facts: Facts, changes: readonly Change[]): Change[] {
  const left = new Set(
    ofKind(changes, "number").flatMap(({ key, after }) => (after === null ? [key.start] : [])),
  );
  const returned = new Set(
    ofKind(changes, "heldNumber").flatMap((change) =>
      left.has(change.key) && isOver(facts, change) ? [change.key] : [],
    ),
  );
  return changes.filter(({ what, key }) => {
    if (what === "number") return !returned.has((key as NumberRun).start);
    return what !== "heldNumber" || !returned.has(key as string);
  });
}

const isOver = (facts: Facts, { before, after }: Change<"heldNumber">) =>
  before === null && after !== null && isDue({ until: after.until ?? null }, facts.now);

const numbers = (count: number, { start, end }: NumberRun) =>
  `${count} of the numbers ${start} to ${end} ${count === 1 ? "is" : "are"}`;

function changed(obstacles: readonly string[]) {
  const more = obstacles.length - NAMED;
  const named = obstacles.slice(0, NAMED).join("; ");
  return failed("changed", `${named}${more > 0 ? `; and ${more} more` : ""}. Nothing was undone.`);
}

/** What stands there now, and what it has to fit to. */
function questionOf(changes: readonly Change[]): Question {
  const addresses = changes.flatMap(addressesOf);
  const runs = ofKind(changes, "number").map(({ key }) => key);
  const operators = ofKind(changes, "operator");
  const holders = [
    ...ofKind(changes, "manager").flatMap(({ after }) => after?.operatorId ?? []),
    ...ofKind(changes, "rights").map(({ key }) => key.operatorId),
    ...ofKind(changes, "apiKey").flatMap(({ after }) => after?.operatorId ?? []),
  ];
  return {
    accounts: addresses,
    aliases: addresses,
    aliasesOf: addresses,
    groupsOf: addresses,
    seenOf: addresses,
    phonesOf: addresses,
    phones: ofKind(changes, "phoneModel").map(({ key }) => key),
    rightsOn: addresses,
    domains: [
      ...addresses.map(({ domain }) => domain),
      ...ofKind(changes, "domain").map(({ key }) => key),
    ],
    serversOf: ofKind(changes, "servers").map(({ key }) => key),
    numbers: [
      ...numbersAmong(addresses),
      ...runs.flatMap(({ start, end }) => (start === end ? [start] : [])),
      ...ofKind(changes, "heldNumber").map(({ key }) => key),
    ],
    ranges: runs
      .filter(({ start, end }) => start !== end)
      .map((run) => ({ ...run, count: countOf(run) })),
    operators: [
      ...holders,
      ...operators.flatMap(({ key, after }) => [key, ...(after?.username ? [after.username] : [])]),
    ],
    ofOperators: operators.map(({ key }) => key),
    apiKeys: ofKind(changes, "apiKey").map(({ key }) => key),
  };
}
