import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a session is proven by. */
export interface Credentials {
  readonly session: string;
  /** Replaced at every `auth/ping`. */
  readonly authKey: string;
}

const SECRET_BYTES = 32;
const KEY_ID_BYTES = 5;

/** 256 random bits as text that needs no quoting. */
export const newSecret = () => randomBytes(SECRET_BYTES).toString("base64url");

/** All that is stored of a session, an auth_key or an API key: SHA-256, lower-case hex. */
export const digestOf = (secret: string) =>
  createHash("sha256").update(secret, "utf8").digest("hex");

/** Compares two hex digests in a time that says nothing about where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

/** An API key, `hk_<id>_<256 bits>`, and the short public id that it is listed by. */
export function newApiKey(): { id: string; key: string } {
  const id = randomBytes(KEY_ID_BYTES).toString("hex");
  return { id, key: `hk_${id}_${newSecret()}` };
}

const API_KEY = /^hk_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;

/** The id within an API key, or undefined where the text is no such key. */
export const apiKeyId = (key: string): string | undefined => API_KEY.exec(key)?.[1];
