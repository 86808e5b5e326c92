import fc from "fast-check";
import { expect, test } from "vitest";
import { inverses } from "../../src/changes/change";
import { Facts } from "../../src/changes/facts";
import { folded } from "../../src/changes/fold";
import { AddressKeys } from "../../src/model/address-keys";
import { Refusal } from "../../src/model/refusal";
import { addAlias, releaseNumber, removeAlias } from "../../src/rules/aliases";
import { showNumber } from "../../src/rules/number-states";
import {
  addNumber,
  assignNumber,
  removeNumber,
  reserveNumber,
  unreserveNumber,
} from "../../src/rules/numbers";

const DOMAIN = "example.org";
const NUMBERS = ["+4712345000", "+4712345001", "+4712345002"];
const PEOPLE = ["alice", "bob"].map((username) => ({ username, domain: DOMAIN }));

const number = fc.constantFrom(...NUMBERS);
const person = fc.constantFrom(...PEOPLE);
/** Times around now, which moves on. */
const until = fc.option(fc.integer({ min: 1, max: 30 }));

type Step = (facts: Facts) => unknown;

const steps: fc.Arbitrary<Step> = fc.oneof(
  number.map((number): Step => {
    return (facts) => addNumber.decide(facts, { number, ifExists: "fail", ifInUse: "refuse" });
  }),
  number.map(
    (number): Step =>
      (facts) =>
        removeNumber.decide(facts, { number }),
  ),
  number.map(
    (number): Step =>
      (facts) =>
        unreserveNumber.decide(facts, { number }),
  ),
  fc.tuple(number, until).map(([number, until]): Step => {
    return (facts) => reserveNumber.decide(facts, { number, until: until ?? undefined });
  }),
  fc.tuple(number, person).map(([number, address]): Step => {
    return (facts) => assignNumber.decide(facts, { number, address });
  }),
  fc.tuple(number, until).map(([number, until]): Step => {
    return (facts) => releaseNumber.decide(facts, { number, domain: undefined, until });
  }),
  fc.tuple(number, person).map(([username, destination]): Step => {
    const alias = { username, domain: DOMAIN };
    return (facts) => addAlias.decide(facts, { alias, destination, ifExists: "fail" });
  }),
  number.map((username): Step => {
    return (facts) => removeAlias.decide(facts, { username, domain: DOMAIN });
  }),
  fc.integer({ min: 1, max: 10 }).map(
    (seconds): Step =>
      (facts) => {
        facts.now += seconds;
        for (const { key } of facts.all("heldNumber")) facts.due.add(key);
      },
  ),
);

function emptySite(): Facts {
  const facts = new Facts(new AddressKeys(false), { password: 64, attribute: 64 });
  facts.learn("domain", DOMAIN, { did: null });
  for (const address of PEOPLE) {
    const values = { password: "x", ha1: "", ha1b: "", email: null, rpid: null };
    facts.learn("subscriber", address, { ...values, permittedcalls: null });
  }
  return facts;
}

/** Takes steps; those that are refused leave no trace. */
function walk(facts: Facts, path: readonly Step[]): void {
  for (const step of path) {
    try {
      facts.attempt(() => step(facts));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

const poolOf = (facts: Facts) => facts.all("number").map(({ key }) => key.start);
const heldOf = (facts: Facts) => facts.all("heldNumber").map(({ key }) => key);
const usedOf = (facts: Facts) => facts.all("alias").map(({ key }) => key.username);

/** Everything that is known of the numbers, in one order. */
const picture = (facts: Facts) => [
  poolOf(facts).sort(),
  facts.all("heldNumber").sort((a, b) => (a.key < b.key ? -1 : 1)),
  facts.all("alias").sort((a, b) => (a.key.username < b.key.username ? -1 : 1)),
];

test("a number is in one place: in the pool, held or somebody's", () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 30 }), (path) => {
      const facts = emptySite();
      walk(facts, path);
      const places = [...poolOf(facts), ...heldOf(facts), ...usedOf(facts)];
      expect(new Set(places).size).toBe(places.length);
    }),
  );
});

test("what is told of a number is what can be done with it", () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 30 }), number, (path, number) => {
      const facts = emptySite();
      walk(facts, path);
      const { state } = showNumber.decide(facts, { number });
      const address = { username: "carol", domain: DOMAIN };
      facts.learn("subscriber", address, {
        ...{ password: "x", ha1: "", ha1b: "", email: null, rpid: null, permittedcalls: null },
      });
      const assign = () => facts.attempt(() => assignNumber.decide(facts, { number, address }));
      if (state === "free") expect(assign()).toMatchObject({ number });
      else expect(assign).toThrow(Refusal);
    }),
  );
});

test("the inverses of all Changes, folded or not, leave what was there", () => {
  fc.assert(
    fc.property(
      fc.array(steps, { maxLength: 20 }),
      fc.array(steps, { maxLength: 20 }),
      fc.boolean(),
      (before, path, fold) => {
        const facts = emptySite();
        walk(facts, before);
        const expected = picture(facts);
        facts.changes.length = 0;
        walk(facts, path);
        const changes = fold ? folded(facts.changes, facts.keys) : [...facts.changes];
        for (const change of inverses(changes)) facts.note(change);
        expect(picture(facts)).toEqual(expected);
      },
    ),
  );
});
