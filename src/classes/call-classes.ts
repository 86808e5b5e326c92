import type { PermissionFlag } from "../model/permission";

/** What a call is to its caller's permissions: the flag that lets it through. */
export type CallClass = Exclude<PermissionFlag, "NOCALLS">;

/**
 * A site's rules, ready for use: regular expressions over the user part of what is called. Hermes
 * asks them by `classify`, Kamailio by the route that `kamailioClasses` writes; both take the first
 * that matches. They keep to what JavaScript and POSIX extended expressions have in common.
 */
export interface CallClasses {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Emergency calls go through whatever the flags say. */
  readonly emergencyAlways: boolean;
  /** Asked first, so that no alias stands in the way of a call for help. */
  readonly emergency: ClassRule;
  /** How what people dial becomes E.164. */
  readonly dialling: readonly DialRule[];
  /** For what is neither an emergency number nor an account. */
  readonly numbers: readonly ClassRule[];
}

export interface ClassRule {
  readonly pattern: string;
  /** Undefined: such a call goes nowhere. */
  readonly class: CallClass | undefined;
  /** What the number is: `a mobile number in Norway`. */
  readonly what: string;
}

export interface DialRule {
  readonly pattern: string;
  /** How many characters are taken off in front. */
  readonly strip: number;
  /** What is put there. */
  readonly prefix: string;
  /** For whom reads the route. */
  readonly what: string;
}
