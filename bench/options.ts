import { parseArgs } from "node:util";

export interface Options {
  /** Measured rounds of each entrant; without it each work has its own. */
  readonly rounds: number | undefined;
  /** Names of works; empty is all of them. */
  readonly only: readonly string[];
  /** A tenth of the rows and few rounds: whether it runs, not how fast. */
  readonly quick: boolean;
}

export const USAGE = `npm run bench -- [--rounds N] [--only NAME]… [--quick]`;

/** Throws where the arguments are not those of USAGE. */
export function readOptions(argv: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rounds: { type: "string" },
      only: { type: "string", multiple: true },
      quick: { type: "boolean", default: false },
    },
  });
  const only = (values.only ?? []).flatMap((list) => list.split(","));
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No such work: ${unknown.join(", ")}. There are: ${names.join(", ")}`);
  }
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error("--rounds takes a whole number above 0.");
  }
  return { rounds, only, quick: values.quick };
}
