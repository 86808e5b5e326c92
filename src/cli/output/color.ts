import type { Io } from "../io";

/** The few ways in which text is set apart. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
}

/**
 * Whether a stream gets colour: `--no-color` and NO_COLOR (https://no-color.org) forbid it,
 * then FORCE_COLOR asks for it, else it is for terminals that can.
 */
export function useColor(
  io: Io,
  flags: { readonly noColor?: boolean },
  stream: "stdout" | "stderr" = "stdout",
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (flags.noColor === true || (NO_COLOR ?? "") !== "") return false;
  if ((FORCE_COLOR ?? "") !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return io.isTerminal[stream] && TERM !== "dumb";
}

const plain = (text: string) => text;

/** The painter; without colour it leaves text as it is and chalk is not loaded. */
export async function paint(color: boolean): Promise<Paint> {
  if (!color) return { bold: plain, dim: plain, red: plain };
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
