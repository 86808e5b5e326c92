import type { Io } from "./io";
import { run } from "./run";

/** Runs what stands behind `hermes`, and answers the exit status. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...words] = argv;
  if (first !== "restricted") return run(argv, io);
  const { runRestricted } = await import("./restricted");
  return runRestricted(words, io);
}
