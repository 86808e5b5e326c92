import { processUid } from "../access/machine";
import { Refusal } from "../model/refusal";
import { restrictedCall } from "../restricted/caller";
import { Restriction } from "../restricted/restriction";
import type { Io } from "./io";
import { run } from "./run";

/** Runs what a caller wants whom sudo or sshd have let in, as an operator's, and forgets their environment. */
export async function runRestricted(words: readonly string[], io: Io): Promise<number> {
  const env = { ...io.env };
  io.forgetEnvironment?.();
  // Made from it, as merely reading `stdin` would open it.
  const bare: Io = Object.create(io, { env: { value: {} } });
  const call = restrictedCall(env, words, processUid());
  if (!(call instanceof Refusal)) {
    return run(call.words, bare, { restriction: new Restriction(call.caller) });
  }
  // Not understood, but this much: what form the answer is to have.
  const json = [...words, ...(env.SSH_ORIGINAL_COMMAND?.split(/\s+/) ?? [])].includes("--json");
  return run(json ? ["--json"] : [], bare, { fault: call });
}
