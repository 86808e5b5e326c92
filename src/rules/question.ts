import type { NumberRange } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";

/** What a rule has to know before it decides. Each is asked for all that is wanted at once. */
export interface Question {
  /** Accounts in both databases, with all of their attributes. */
  readonly accounts?: readonly SipAddress[];
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
  /** The default servers of these domains. */
  readonly serversOf?: readonly string[];
  /** Which of these numbers the pool has, and who uses them. */
  readonly numbers?: readonly string[];
  /** Numbers that the pool has and nobody uses: how many for each search. */
  readonly draw?: ReadonlyMap<string, number>;
  readonly ranges?: readonly NumberRange[];
  /** User parts alone that may be extensions. */
  readonly named?: readonly string[];
  /** Operators by username or id. */
  readonly operators?: readonly string[];
  /** Whether there is any operator at all. */
  readonly anyOperator?: true;
  readonly apiKeys?: readonly string[];
  /** Everything that hangs on these operators: API keys, rights, what they manage. */
  readonly ofOperators?: readonly string[];
}
