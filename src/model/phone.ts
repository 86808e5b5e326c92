/** How a line speaks SIP (RFC 3261 section 18, RFC 5630 for TLS). */
export const TRANSPORTS = ["udp", "tcp", "tls"] as const;

export type Transport = (typeof TRANSPORTS)[number];

/** Codecs by their names in SDP (RFC 3551; opus: RFC 7587). */
export const CODECS = ["PCMA", "PCMU", "G722", "G729", "opus"] as const;

export type Codec = (typeof CODECS)[number];

/** The longest name of a vendor or a model, in characters. */
export const VENDOR_MAX = 32;

/** Whether it can be a model: `T46U`, `SPA504G`. It becomes part of file names. */
export function isModel(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._+-]{0,31}$/.test(text);
}

/** What a phone is, and so how it is told things. */
export interface PhoneModel {
  /** As `hermes phone vendors` names it. */
  readonly vendor: string;
  readonly model: string | null;
}
