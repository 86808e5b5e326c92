import type { Block } from "../grammar";

/** A page of the manual, before it is written in any form. */
export interface Page {
  /** `hermes-user`. */
  readonly name: string;
  /** 1 is for commands, 5 for files. */
  readonly section: 1 | 5;
  /** One line, without a full stop. */
  readonly summary: string;
  /** How a command of it is typed, a line each. */
  readonly synopsis: readonly string[];
  readonly parts: readonly Part[];
}

/** What stands below a heading. */
export interface Part {
  readonly title: string;
  readonly blocks: readonly PageBlock[];
  readonly parts?: readonly Part[];
}

/** As help has them, and the text of a file. */
export type PageBlock = Block | { readonly file: string };
