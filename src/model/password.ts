import { randomInt } from "node:crypto";

// Without 0 O o 1 l I: passwords are typed into phones.
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

export const PASSWORD_MAX = 64;

/** A random password of `length` letters and digits, even over all of them. */
export function generatePassword(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** Printable ASCII, at most 64 characters: what every phone and Kamailio's column can hold. */
export function isPassword(text: string): boolean {
  return text.length <= PASSWORD_MAX && /^[\x20-\x7e]+$/.test(text);
}
