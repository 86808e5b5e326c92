/** What a key's value can be, by what it is called where the file is read. */
interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly list: readonly unknown[];
}

/** A section as the file has it, each key of its type. */
export type SectionOf<Keys extends Readonly<Record<string, keyof Kinds>>> = {
  readonly [K in keyof Keys]?: Kinds[Keys[K]];
};
