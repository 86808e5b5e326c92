import { hashPassword } from "../../model/operator-password";
import { generatePassword } from "../../model/password";
import { exactlyOne, saying } from "../../params/relations";

/** The ways in which a password can be given, one of them. */
export interface GivenPassword {
  readonly password?: string | undefined;
  readonly generate: boolean;
  readonly password_hash?: string | undefined;
}

export const onePassword = saying(
  "No password is given",
  exactlyOne("password", "generate", "password_hash"),
);

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
