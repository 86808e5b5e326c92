import type { NumberRange } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";

/** What a rule has to know before it decides. Each is asked for all that is wanted at once. */
export interface Question {
  /** Accounts in both databases, with all of their attributes. */
  readonly accounts?: readonly SipAddress[];
  /** Groups that these accounts are in. */
  readonly groupsOf?: readonly SipAddress[];
  /** When these accounts were last registered. */
  readonly seenOf?: readonly SipAddress[];
  /** Aliases of these names. */
  readonly aliases?: readonly SipAddress[];
  /** Aliases that lead to these addresses. */
  readonly aliasesOf?: readonly SipAddress[];
  /** Phones of these accounts. */
  readonly phonesOf?: readonly SipAddress[];
  /** Phones by their MAC addresses: what they are, and the accounts on them. */
  readonly phones?: readonly string[];
  /** Who manages these extensions, and who holds rights on them. */
  readonly rightsOn?: readonly SipAddress[];
  /** Which of these domains are Kamailio's. */
  readonly domains?: readonly string[];
  /** Some of the accounts and aliases in these domains, where there are any. */
  readonly livesIn?: readonly string[];
  /** The default servers of these domains. */
  readonly serversOf?: readonly string[];
  /** Which of these numbers the pool has or will have again, and who uses them. */
  readonly numbers?: readonly string[];
  /** Numbers that the pool has and nobody uses: how many for each search. */
  readonly draw?: ReadonlyMap<string, number>;
  /** Numbers whose time out of the pool is over, some at a time. */
  readonly due?: true;
  readonly ranges?: readonly NumberRange[];
  /** User parts alone that may be extensions. */
  readonly named?: readonly string[];
  /** Operators by username or id. */
  readonly operators?: readonly string[];
  /** Whether there is any operator at all. */
  readonly anyOperator?: true;
  /** So many of the operators who may write, where there are so many. */
  readonly writers?: number;
  readonly apiKeys?: readonly string[];
  /** Everything that hangs on these operators: API keys, rights, what they manage. */
  readonly ofOperators?: readonly string[];
  /** What time it is, to the database. */
  readonly clock?: true;
}

/** Several questions as one: what several rules ask is looked up once. */
export function together(questions: readonly Question[]): Question {
  const all: Record<string, unknown> = {};
  for (const question of questions) {
    for (const [name, subjects] of Object.entries(question)) all[name] = both(all[name], subjects);
  }
  return all;
}

function both(before: unknown, subjects: unknown): unknown {
  if (before === undefined) return subjects;
  if (Array.isArray(before)) return [...before, ...(subjects as unknown[])];
  if (!(before instanceof Map)) return subjects;
  const sum = new Map<string, number>(before);
  for (const [name, count] of subjects as Map<string, number>) {
    sum.set(name, (sum.get(name) ?? 0) + count);
  }
  return sum;
}
