import type { Environment } from "../config/paths";
import { Refusal } from "../model/refusal";
import { invalidParameters } from "../params/param";
import { shellWords } from "./shell-words";

/** Who has called, as sudo or sshd vouch for it, and what they want run. */
export interface RestrictedCall {
  /** `uid-1001`, or `key-alice`: the name of a session's file. */
  readonly caller: string;
  readonly words: readonly string[];
}

/**
 * Reads how `hermes restricted` was called; `uid` is whoever runs it. sudo always says who has called
 * it, in a variable that a caller can't set; it is looked at first, and then nothing of ssh is. In a
 * forced command the words are the owner's of the key's file, and the caller's are in
 * `SSH_ORIGINAL_COMMAND`. Answers invalid/parameters where it was called otherwise.
 */
export function restrictedCall(
  env: Environment,
  words: readonly string[],
  uid: number | undefined,
): RestrictedCall | Refusal {
  const { SUDO_UID, SSH_CONNECTION, SSH_ORIGINAL_COMMAND } = env;
  if (SUDO_UID !== undefined) {
    if (!/^\d+$/.test(SUDO_UID)) return invalidParameters("SUDO_UID is no user's number.");
    return { caller: `uid-${SUDO_UID}`, words };
  }
  if (SSH_CONNECTION === undefined && SSH_ORIGINAL_COMMAND === undefined) {
    return { caller: `uid-${uid}`, words };
  }
  const [name, ...others] = words;
  if (name === undefined || others.length > 0 || !NAME.test(name)) {
    return invalidParameters(
      'A key\'s forced command gives it one name, of letters, digits, ".", "_" and "-": command="hermes restricted alice".',
    );
  }
  if (SSH_ORIGINAL_COMMAND === undefined) {
    return invalidParameters("Say what to run: ssh HOST user list, or ssh HOST help.");
  }
  const asked = shellWords(SSH_ORIGINAL_COMMAND);
  if (asked instanceof Refusal) return asked;
  return { caller: `key-${name}`, words: asked[0] === "hermes" ? asked.slice(1) : asked };
}

const NAME = /^\w[\w.-]{0,63}$/;
