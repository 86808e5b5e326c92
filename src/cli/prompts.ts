import type { Check } from "../site/wizard";
import type { Candidate } from "./completion/next";
import { INTERRUPTED } from "./exit-status";
import type { Io } from "./io";
import { visible } from "./output/visible";

/** Asks one question. Prompts go to stderr: stdout carries the answer and nothing else. */
async function ask<T>(io: Io, question: object): Promise<T> {
  const { createPromptModule } = await import("inquirer");
  const prompt = createPromptModule({ input: io.stdin, output: io.stderr });
  try {
    const { given } = await prompt([{ ...question, name: "given" } as never]);
    return given as T;
  } catch (error) {
    // Ctrl-C: the terminal hands it to the prompt, as a key.
    if ((error as Error).name === "ExitPromptError") io.exit?.(INTERRUPTED);
    throw error;
  }
}

export function askYesNo(io: Io, question: string): Promise<boolean> {
  return ask(io, { type: "confirm", message: question, default: false });
}

/** Asks for a secret without echo. */
export function askSecret(io: Io, name: string, check?: Check): Promise<string> {
  return ask(io, {
    type: "password",
    message: `${name}:`,
    toggleMask: false,
    ...validated(check),
  });
}

/** Asks for a line of text; Enter takes the proposal. */
export async function askText(
  io: Io,
  question: string,
  proposal?: string,
  check?: Check,
): Promise<string> {
  const text = await ask<string>(io, {
    type: "input",
    message: `${question}:`,
    default: proposal ?? "",
    ...validated(check && ((typed) => check(typed.trim()))),
  });
  return text.trim();
}

/** Asks again until the check finds nothing wrong. */
const validated = (check: Check | undefined) =>
  check && { validate: async (text: string) => (await check(text)) ?? true };

/** Asks for something that may be there already: what there is is offered while it is typed. */
export function askKnown(
  io: Io,
  question: string,
  known: (typed: string) => Promise<readonly Candidate[]>,
  check: Check,
): Promise<string> {
  return ask(io, {
    type: "search",
    message: `${question}:`,
    async source(typed = "") {
      const text = typed.trim();
      const found = (await known(text)).map(({ value, about }) => ({
        ...{ value, name: visible(value) },
        ...(about ? { description: visible(about) } : {}),
      }));
      const whole = found.some(({ value }) => value === text);
      if (whole || text === "" || (await check(text)) !== undefined) return found;
      return [...found, { value: text, name: visible(text) }];
    },
    ...validated(check),
  });
}

/** Has the person choose any of several, one at least. */
export function askSeveral(
  io: Io,
  question: string,
  choices: readonly string[],
): Promise<string[]> {
  return ask(io, { type: "checkbox", message: question, choices: [...choices], required: true });
}

/** Has the person choose one of several. */
export function askChoice<T>(
  io: Io,
  question: string,
  choices: readonly { name: string; value: T }[],
): Promise<T> {
  return ask(io, { type: "select", message: question, choices: [...choices] });
}
