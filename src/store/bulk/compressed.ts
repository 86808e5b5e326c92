import { gunzipSync, gzipSync } from "node:zlib";

/** Text that is short is kept as it is, to be read with any tool. */
const SHORT = 2_000;

/** The quickest: a write waits for it. */
const LEVEL = 1;

/** gzip's first byte (RFC 1952), which begins no text. */
const MARK = 0x1f;

/** Text as bytes, by gzip where there is much of it. */
export function compressed(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return bytes.length <= SHORT ? bytes : gzipSync(bytes, { level: LEVEL });
}

/** The text again, in whatever form a driver hands over its bytes. */
export function expanded(content: Uint8Array | ArrayBuffer): string {
  const bytes = Buffer.from(content as ArrayBuffer);
  return (bytes[0] === MARK ? gunzipSync(bytes) : bytes).toString("utf8");
}
