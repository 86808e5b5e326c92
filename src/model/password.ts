import { randomBytes } from "node:crypto";

// Without 0 O o 1 l I: passwords are typed into phones.
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

/** Below it every letter stands for as many bytes as any other; what lies beyond is not taken. */
const EVEN = 256 - (256 % ALPHABET.length);

export const PASSWORD_MAX = 64;

/** A random password of `length` letters and digits, even over all of them. */
export function generatePassword(length: number): string {
  let password = "";
  while (password.length < length) {
    const byte = randomByte();
    if (byte < EVEN) password += ALPHABET[byte % ALPHABET.length];
  }
  return password;
}

// Asking for each byte by itself takes longer than all the rest of an import.
let pool = Buffer.alloc(0);
let used = 0;

function randomByte(): number {
  if (used === pool.length) {
    pool = randomBytes(4096);
    used = 0;
  }
  return pool[used++] ?? 0;
}

/** Printable ASCII, at most 64 characters: what every phone and Kamailio's column can hold. */
export function isPassword(text: string): boolean {
  return text.length <= PASSWORD_MAX && /^[\x20-\x7e]+$/.test(text);
}
