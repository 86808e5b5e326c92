import type { Entry, Facts } from "../changes/facts";
import type { AuthMode } from "../config/config";
import type { AccessLevel } from "../model/access";
import { failed, invalid, unauthorized } from "../model/refusal";
import type { OperatorRecord, OperatorValues } from "../store/provisioning/operators";
import { rule } from "./rule";

/** The operator of that username or id; refuses with `nonexistant`. */
export function requireOperator(facts: Facts, nameOrId: string): OperatorRecord {
  const found = operatorNamed(facts, nameOrId) ?? facts.get("operator", nameOrId);
  if (found === undefined) throw noOperator(nameOrId);
  return record(found);
}

export const noOperator = (nameOrId: string) =>
  failed("nonexistant", `There is no operator ${nameOrId}.`);

export const record = ({ key, value }: Entry<"operator">): OperatorRecord => ({
  id: key,
  ...value,
});

function operatorNamed(facts: Facts, username: string): Entry<"operator"> | undefined {
  return facts.all("operator").find(({ value }) => value.username === username);
}

/** Refuses with `exists` where the username is taken. */
export function requireFreeName(facts: Facts, username: string): void {
  if (operatorNamed(facts, username) === undefined) return;
  throw failed("exists", `There is an operator ${username} already.`);
}

export interface WantedOperator
  extends Pick<
    OperatorRecord,
    "id" | "username" | "displayname" | "enabled" | "full" | "passwordHash"
  > {
  /** limited_read unless something else is said. */
  readonly access?: AccessLevel | undefined;
  readonly first?: FirstOperator | undefined;
}

/** What the first operator of a site is for: it must be one who can add others. */
export interface FirstOperator {
  /** There is no session: the owner of the configuration makes the first operator, and no other. */
  readonly bootstrap: boolean;
}

/** Only where sessions are asked for there must be somebody who can open one. */
export const firstOperator = (mode: AuthMode, bootstrap: boolean): FirstOperator | undefined =>
  mode === "session" ? { bootstrap } : undefined;

/** auth/add_user: a person or a program that uses Hermes. */
export const addOperator = rule<WantedOperator, OperatorRecord>({
  locks: ["operators"],
  asks: [
    (wanted) => ({
      operators: wanted.flatMap(({ id, username }) => [id, username]),
      anyOperator: true,
    }),
  ],
  decide(facts, wanted) {
    const { first, access, enabled, full } = wanted;
    const isFirst = first !== undefined && !facts.anyOperator && facts.all("operator").length === 0;
    if (first?.bootstrap && !isFirst) {
      throw unauthorized("There is an operator by now: this takes a session of theirs.");
    }
    if (!isFirst) return newOperator(facts, wanted);
    if (!full || !enabled || (access ?? "read_write") !== "read_write") {
      throw invalid(
        "parameters",
        "The first operator must be enabled, full and read_write, or nobody could add another.",
      );
    }
    return newOperator(facts, { ...wanted, access: "read_write" });
  },
});

/** Adds an operator; refuses with `exists` where the id or the username is taken. */
export function newOperator(facts: Facts, wanted: WantedOperator): OperatorRecord {
  const { id, username, displayname, enabled, full, passwordHash, access } = wanted;
  requireFreeName(facts, username);
  if (facts.has("operator", id)) {
    throw failed("exists", `There is an operator of id ${id} already.`);
  }
  const values = {
    ...{ username, displayname, enabled, full, passwordHash },
    ...{ access: access ?? "limited_read", lastPasswordChangedAt: null },
  };
  facts.add("operator", id, values);
  return { id, ...values };
}

/** auth/authorize_user. */
export const authorizeOperator = rule<{ who: string; access: AccessLevel }, OperatorRecord>({
  locks: ["operators"],
  asks: [(wanted) => ({ operators: wanted.map(({ who }) => who) })],
  decide: (facts, { who, access }) => updated(facts, who, { access }),
});

export interface OperatorUpdate {
  readonly who: string;
  readonly changes: Partial<OperatorValues>;
}

/** auth/update_user, and a person's own change of password. */
export const updateOperator = rule<OperatorUpdate, OperatorRecord>({
  locks: ["operators"],
  asks: [
    (wanted) => ({
      operators: wanted.flatMap(({ who, changes: { username } }) =>
        username === undefined ? [who] : [who, username],
      ),
    }),
  ],
  decide(facts, { who, changes }) {
    const { username } = requireOperator(facts, who);
    if (changes.username !== undefined && changes.username !== username) {
      requireFreeName(facts, changes.username);
    }
    return updated(facts, who, changes);
  },
});

function updated(facts: Facts, who: string, changes: Partial<OperatorValues>): OperatorRecord {
  const { id } = requireOperator(facts, who);
  facts.update("operator", id, changes);
  return requireOperator(facts, id);
}

/** auth/remove_user: with its API keys and rights; what it manages belongs to nobody then. */
export const removeOperator = rule<string, OperatorRecord>({
  locks: ["addresses", "operators"],
  asks: [
    (operators) => ({ operators }),
    (_operators, facts) => ({ ofOperators: facts.all("operator").map(({ key }) => key) }),
  ],
  decide(facts, who) {
    const operator = requireOperator(facts, who);
    const { id } = operator;
    for (const { key, value } of facts.all("apiKey")) {
      if (value.operatorId === id) facts.remove("apiKey", key);
    }
    for (const { key } of facts.all("rights")) {
      if (key.operatorId === id) facts.remove("rights", key);
    }
    for (const { key } of facts.on("manager", id)) facts.remove("manager", key);
    facts.remove("operator", id);
    return operator;
  },
});
