import type { Answers, Received } from "../answers/answer";

/** How values read within a sentence. */
export interface Wording {
  /** An E.164 number, or whatever else calls are sent to. */
  number(number: string): string;
  /** Unix seconds. */
  time(seconds: number): string;
}

/** A write in people's words: "Remove bob@example.org and its 2 phones?", "Removed bob@example.org and its 2 phones." */
export interface Telling<A extends Answers> {
  /** To begin with before it, and after it: "Remove", "Removed". */
  readonly verb: readonly [asked: string, done: string];
  /** What it is done to: "bob@example.org and its 2 phones". */
  what(answer: Received<A>, as: Wording): string;
  /** Something goes that nobody types again: a person is asked first. */
  readonly destroys?: true;
  /** What stands below the sentence, as it is not in it. Sentences and what was made just now stand there always. */
  readonly shows?: readonly Extract<keyof A, string>[];
}
