import { hint } from "../model/closest";
import { quoted } from "../model/quoted";

/** How much of TLS a connection must have, in the words of the mysql client. */
export const SSL_MODES = [
  "DISABLED",
  "PREFERRED",
  "REQUIRED",
  "VERIFY_CA",
  "VERIFY_IDENTITY",
] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** What a URL says of TLS. `ca`, `cert` and `key` are files in PEM form. */
export interface TlsSettings {
  /** Left out, it depends on the rest and on the host. */
  readonly mode?: SslMode;
  /** Whose certificates are trusted. */
  readonly ca?: string;
  /** The client's own certificate. */
  readonly cert?: string;
  readonly key?: string;
}

/** What may stand behind the `?` of a MySQL URL. */
export interface UrlOptions {
  readonly socket?: string;
  readonly tls?: TlsSettings;
}

const NAMES = ["socket", "ssl-mode", "ssl-ca", "ssl-cert", "ssl-key"] as const;
type Name = (typeof NAMES)[number];

/** The options behind the `?`, or a sentence on what is wrong with them. */
export function readOptions(text: string, decode: (text: string) => string): UrlOptions | string {
  const given = new Map<Name, string>();
  for (const option of text.split("&")) {
    const [name = "", ...rest] = option.split("=");
    if (!isName(name)) return unknown(name);
    if (given.has(name)) return `A database URL has ${name} twice.`;
    const value = decode(rest.join("="));
    if (value === "") return `A database URL has ${name} without a value: ${name}=…`;
    given.set(name, value);
  }
  const mode = given.get("ssl-mode")?.toUpperCase();
  if (mode !== undefined && !isMode(mode)) {
    return `A database URL has an ssl-mode that there is not. Known: ${SSL_MODES.join(", ")}.`;
  }
  const [ca, cert, key] = [given.get("ssl-ca"), given.get("ssl-cert"), given.get("ssl-key")];
  const tls = {
    ...(mode === undefined ? {} : { mode }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  const socket = given.get("socket");
  return (
    contradiction(tls) ?? {
      ...(socket === undefined ? {} : { socket }),
      ...(Object.keys(tls).length === 0 ? {} : { tls }),
    }
  );
}

/** The options as they stand in a URL, the `?` in front of them included. */
export function writeOptions({
  socket,
  tls = {},
}: {
  readonly socket: string | undefined;
  readonly tls: TlsSettings | undefined;
}): string {
  const values: Record<Name, string | undefined> = {
    socket,
    "ssl-mode": tls.mode,
    "ssl-ca": tls.ca,
    "ssl-cert": tls.cert,
    "ssl-key": tls.key,
  };
  const options = NAMES.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : `${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`;
  });
  return options.length === 0 ? "" : `?${options.join("&")}`;
}

const isName = (name: string): name is Name => (NAMES as readonly string[]).includes(name);
const isMode = (mode: string): mode is SslMode => (SSL_MODES as readonly string[]).includes(mode);

/** What is asked for must be what is done: an option that would have no effect is refused. */
function contradiction({ mode, ca, cert, key }: TlsSettings): string | undefined {
  const verified = mode === "VERIFY_CA" || mode === "VERIFY_IDENTITY";
  if (verified && ca === undefined) {
    return `A database URL asks for ssl-mode=${mode} and names no ssl-ca. The system's own authorities: ssl-ca=/etc/ssl/certs/ca-certificates.crt`;
  }
  if (mode !== undefined && !verified && ca !== undefined) {
    return `A database URL has an ssl-ca, which ssl-mode=${mode} does not look at. Give ssl-mode=VERIFY_IDENTITY, or VERIFY_CA to let any name pass.`;
  }
  if ((cert === undefined) !== (key === undefined)) {
    return "A database URL has one of ssl-cert and ssl-key: a client's certificate takes both.";
  }
  if (mode === "DISABLED" && cert !== undefined) {
    return "A database URL has an ssl-cert, for which ssl-mode=DISABLED has no use.";
  }
}

function unknown(name: string): string {
  const meant = hint(name.toLowerCase().replaceAll("_", "-"), NAMES);
  return `A database URL has an option ${quoted(name)}, which there is not. ${meant}`;
}
