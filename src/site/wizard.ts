/** What is wrong with an answer, or nothing. It is asked for again until nothing is. */
export type Check = (text: string) => string | undefined | Promise<string | undefined>;

/** The person who sets a site up, or nobody. */
export interface Wizard {
  /** Whether a person sits there to be asked. */
  readonly interactive: boolean;
  /** Whether everything found and proposed is to be taken. */
  readonly yes: boolean;
  /** A line that is no part of the answer. */
  say(text: string): void;
  confirm(question: string): Promise<boolean>;
  text(question: string, proposal?: string, check?: Check): Promise<string>;
  secret(question: string, check?: Check): Promise<string>;
  choose<T>(question: string, choices: readonly { name: string; value: T }[]): Promise<T>;
}
