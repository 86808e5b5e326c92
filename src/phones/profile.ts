import type { Codec, Transport } from "../model/phone";

/** One account as a phone is configured with it: the columns of `users`, and how it is reached. */
export interface PhoneLine {
  readonly username: string;
  readonly domain: string;
  readonly authid: string;
  /** Null where the caller may not see it. */
  readonly password: string | null;
  readonly registrar: string;
  readonly r_port: number;
  readonly proxy: string;
  readonly p_port: number;
  readonly displayname: string | null;
  readonly linetext: string | null;
  readonly dialplan: string | null;
  readonly transport: Transport;
}

/** All that a phone's configuration is made from. */
export interface PhoneProfile {
  /** 12 lower-case hex digits. */
  readonly mac: string;
  /** Null: guessed from the MAC address. */
  readonly vendor: string | null;
  readonly model: string | null;
  /** Where the phone fetches its configuration the next time. */
  readonly prov_url: string | null;
  /** A name of the time zone database: `Europe/Berlin`. */
  readonly timezone: string | null;
  /** The one that is liked best comes first. */
  readonly codecs: readonly Codec[];
  /** As `inOrder` puts them. */
  readonly lines: readonly PhoneLine[];
}

/** Lines by their addresses: a phone keeps its keys whatever order a database answers in. */
export function inOrder<L extends Pick<PhoneLine, "username" | "domain">>(
  lines: readonly L[],
): L[] {
  const key = ({ username, domain }: L) => `${username}@${domain}`;
  return [...lines].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
