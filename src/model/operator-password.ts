import {
  createHash,
  randomBytes,
  type ScryptOptions,
  scrypt as scryptWithCallback,
  timingSafeEqual,
} from "node:crypto";
import { promisify } from "node:util";

const scrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scryptWithCallback);

/** scrypt's cost: 2^ln blocks of 128·r bytes, p times. */
interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

const COST: Cost = { ln: 15, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What a stored hash may make a login cost. */
const MEMORY_MAX = 256 * 1024 * 1024;
const ROUNDS_MAX = 16;

const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
const SHA1_HEX = /^[0-9a-f]{40}$/i;

/** A password's hash as it is stored: scrypt in PHC's string format, its parameters with it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST, HASH_BYTES);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(salt)}$${base64(hash)}`;
}

/** A hash that was made elsewhere, as it is to be stored, or undefined where it is of no known form. */
export function parsePasswordHash(text: string): string | undefined {
  if (SHA1_HEX.test(text)) return text.toLowerCase();
  return parsePhc(text) === undefined ? undefined : text;
}

/** Whether a stored hash is of a kind that is replaced at the first chance. */
export const isOutdatedHash = (stored: string) => SHA1_HEX.test(stored);

/** Whether `password` is the one that was hashed. A wrong one takes as long with any hash or none. */
export async function verifyPassword(password: string, stored?: string): Promise<boolean> {
  if (stored !== undefined && SHA1_HEX.test(stored)) {
    const sha1 = createHash("sha1").update(password, "utf8").digest();
    if (timingSafeEqual(sha1, Buffer.from(stored, "hex"))) return true;
  }
  const phc = parsePhc(stored ?? "");
  if (phc === undefined) {
    await derive(password, randomBytes(SALT_BYTES), COST, HASH_BYTES);
    return false;
  }
  return timingSafeEqual(await derive(password, phc.salt, phc.cost, phc.hash.length), phc.hash);
}

function parsePhc(text: string) {
  const parts = PHC.exec(text);
  if (parts === null) return undefined;
  const [ln = 0, r = 0, p = 0] = parts.slice(1, 4).map(Number);
  if (ln < 1 || r < 1 || p < 1 || p > ROUNDS_MAX || memory({ ln, r, p }) > MEMORY_MAX) {
    return undefined;
  }
  return {
    cost: { ln, r, p },
    salt: Buffer.from(parts[4] ?? "", "base64"),
    hash: Buffer.from(parts[5] ?? "", "base64"),
  };
}

const memory = ({ ln, r, p }: Cost) => 128 * r * (2 ** ln + p);

function derive(password: string, salt: Buffer, cost: Cost, length: number): Promise<Buffer> {
  const { ln, r, p } = cost;
  return scrypt(password.normalize("NFC"), salt, length, {
    N: 2 ** ln,
    r,
    p,
    maxmem: 2 * memory(cost),
  });
}

const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
