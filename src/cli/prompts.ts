import type { Io } from "./io";

/** Prompts go to stderr: stdout carries the answer and nothing else. */
async function prompting({ stdin, stderr }: Io) {
  const { createPromptModule } = await import("inquirer");
  return createPromptModule({ input: stdin, output: stderr });
}

export async function askYesNo(io: Io, question: string): Promise<boolean> {
  const prompt = await prompting(io);
  const { yes } = await prompt([
    { type: "confirm", name: "yes", message: question, default: false },
  ]);
  return yes;
}

/** Asks for a secret without echo. */
export async function askSecret(io: Io, name: string): Promise<string> {
  const prompt = await prompting(io);
  const { secret } = await prompt([{ type: "password", name: "secret", message: `${name}:` }]);
  return secret;
}
