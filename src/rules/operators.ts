import type { Entry, Facts } from "../changes/facts";
import type { AuthMode, Config } from "../config/config";
import type { AccessLevel } from "../model/access";
import { failed, invalid, unauthorized } from "../model/refusal";
import type { OperatorRecord, OperatorValues } from "../store/provisioning/operators";
import { rule } from "./rule";

/** The operator of that username or id; refuses with `nonexistant`. */
export function requireOperator(facts: Facts, nameOrId: string): OperatorRecord {
  const found = operatorFound(facts, nameOrId);
  if (found === undefined) throw noOperator(nameOrId);
  return record(found);
}

const operatorFound = (facts: Facts, nameOrId: string) =>
  operatorNamed(facts, nameOrId) ?? facts.get("operator", nameOrId);

export const noOperator = (nameOrId: string) =>
  failed("nonexistant", `There is no operator ${nameOrId}.`);

export const record = ({ key, value }: Entry<"operator">): OperatorRecord => ({
  id: key,
  ...value,
});

function operatorNamed(facts: Facts, username: string): Entry<"operator"> | undefined {
  return facts.all("operator").find(({ value }) => value.username === username);
}

/** Who may write whatever they like, and so let others in. A site must keep one, or be locked out. */
const mayWrite = ({ enabled, full, access }: Pick<OperatorValues, "enabled" | "full" | "access">) =>
  enabled && full && access === "read_write";

/** What may take the right to write from an operator. */
interface MayEndWriter {
  /** Sessions are asked for: somebody must be left who may write. */
  readonly keepWriter: boolean;
}

/** Only where sessions are asked for is anybody locked out. */
export const keepsWriter = ({ auth }: Pick<Config, "auth">) => auth.mode === "session";

/** Each of these takes it from one at most: where there is one more, somebody is left. */
const writersBeside = (wanted: readonly MayEndWriter[]) =>
  wanted.some(({ keepWriter }) => keepWriter) ? { writers: wanted.length + 1 } : {};

/** Refuses with `last` where the operator, as it was, was the only one who may write. */
function requireWriterLeft(facts: Facts, { keepWriter }: MayEndWriter, was: OperatorRecord): void {
  if (!keepWriter || !mayWrite(was)) return;
  if (facts.all("operator").some(({ value }) => mayWrite(value))) return;
  throw failed(
    "last",
    `${was.username} is the last operator who may write: nobody could let others in then. Give another one read_write first.`,
  );
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
    if (!mayWrite({ enabled, full, access: access ?? "read_write" })) {
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
export const authorizeOperator = rule<
  MayEndWriter & { who: string; access: AccessLevel },
  OperatorRecord
>({
  locks: ["operators"],
  asks: [(wanted) => ({ operators: wanted.map(({ who }) => who), ...writersBeside(wanted) })],
  decide: (facts, { who, access, keepWriter }) =>
    updated(facts, { who, changes: { access }, keepWriter }),
});

export interface OperatorUpdate extends MayEndWriter {
  readonly who: string;
  /** When they changed their password is theirs to say: see changeOwnPassword. */
  readonly changes: Partial<Omit<OperatorValues, "lastPasswordChangedAt">>;
}

/** auth/update_user. */
export const updateOperator = rule<OperatorUpdate, OperatorRecord>({
  locks: ["operators"],
  asks: [
    (wanted) => ({
      operators: wanted.flatMap(({ who, changes: { username } }) =>
        username === undefined ? [who] : [who, username],
      ),
      ...writersBeside(wanted),
    }),
  ],
  decide(facts, wanted) {
    const { who, changes } = wanted;
    const { username } = requireOperator(facts, who);
    if (changes.username !== undefined && changes.username !== username) {
      requireFreeName(facts, changes.username);
    }
    return updated(facts, wanted);
  },
});

function updated(facts: Facts, wanted: OperatorUpdate): OperatorRecord {
  const before = requireOperator(facts, wanted.who);
  facts.update("operator", before.id, wanted.changes);
  requireWriterLeft(facts, wanted, before);
  return requireOperator(facts, before.id);
}

/** auth/change_password: one's own, which alone counts as changed by the operator. */
export const changeOwnPassword = rule<{ who: string; passwordHash: string }, OperatorRecord>({
  locks: ["operators"],
  asks: [(wanted) => ({ operators: wanted.map(({ who }) => who), clock: true })],
  decide(facts, { who, passwordHash }) {
    const { id } = requireOperator(facts, who);
    facts.update("operator", id, { passwordHash, lastPasswordChangedAt: facts.now * 1000 });
    return requireOperator(facts, id);
  },
});

/** auth/remove_user: with its API keys and rights; what it manages belongs to nobody then. */
export const removeOperator = rule<MayEndWriter & { who: string }, OperatorRecord>({
  locks: ["addresses", "operators"],
  asks: [
    (wanted) => ({ operators: wanted.map(({ who }) => who), ...writersBeside(wanted) }),
    (wanted, facts) => ({
      ofOperators: wanted.flatMap(({ who }) => operatorFound(facts, who)?.key ?? []),
    }),
  ],
  decide(facts, wanted) {
    const operator = requireOperator(facts, wanted.who);
    const { id } = operator;
    for (const { key } of facts.on("apiKey", id)) facts.remove("apiKey", key);
    for (const { key } of facts.on("rights", id)) facts.remove("rights", key);
    for (const { key } of facts.on("manager", id)) facts.remove("manager", key);
    facts.remove("operator", id);
    requireWriterLeft(facts, wanted, operator);
    return operator;
  },
});
