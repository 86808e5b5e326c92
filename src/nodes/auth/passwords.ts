import { hashPassword } from "../../model/operator-password";
import { generatePassword } from "../../model/password";
import { invalidParameters } from "../../params/param";

/** The ways in which a password can be given: at most one of them. */
export interface GivenPassword {
  readonly password?: string | undefined;
  readonly generate: boolean;
  readonly password_hash?: string | undefined;
}

const ways = ({ password, generate, password_hash: hash }: GivenPassword) =>
  [password !== undefined, generate, hash !== undefined].filter(Boolean).length;

export function requireOnePassword(given: GivenPassword): void {
  if (ways(given) === 0) {
    throw invalidParameters(
      "No password is given: by --password-stdin, --generate or --password-hash.",
    );
  }
  requireOnePasswordAtMost(given);
}

export function requireOnePasswordAtMost(given: GivenPassword): void {
  if (ways(given) > 1) {
    throw invalidParameters("Give one of --password, --generate and --password-hash.");
  }
}

/** A password as it is to be stored, and the password itself where it was made here. */
export interface SettledPassword {
  readonly passwordHash: string;
  readonly made: { readonly password?: string };
}

/** Hashes what was given, or makes a password of `length` characters. */
export async function settlePassword(
  { password, password_hash: hash }: GivenPassword,
  length: number,
): Promise<SettledPassword> {
  if (hash !== undefined) return { passwordHash: hash, made: {} };
  if (password !== undefined) return { passwordHash: await hashPassword(password), made: {} };
  const generated = generatePassword(length);
  return { passwordHash: await hashPassword(generated), made: { password: generated } };
}
