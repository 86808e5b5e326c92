import type { PhoneLine, PhoneProfile } from "../../src/phones/profile";
import { PhoneVendors } from "../../src/phones/vendors";

/** An account as `users` has it, with what a test is about put in. */
export function line(about: Partial<PhoneLine> = {}): PhoneLine {
  return {
    username: "alice",
    domain: "example.org",
    authid: "alice-auth",
    password: "S3cr3t-w0rds",
    registrar: "reg.example.org",
    r_port: 5070,
    proxy: "proxy.example.org",
    p_port: 5080,
    displayname: "Alice",
    linetext: "4224",
    dialplan: null,
    transport: "udp",
    ...about,
  };
}

export function phone(about: Partial<PhoneProfile> = {}): PhoneProfile {
  return {
    mac: "f00ba2ba5c00",
    vendor: "yealink",
    model: null,
    prov_url: "https://example.org/prov",
    timezone: "Europe/Berlin",
    codecs: ["G722", "PCMA"],
    lines: [line()],
    ...about,
  };
}

/** Hermes' own vendors. */
export const vendors = await PhoneVendors.load();

/** The phone's only file of that ending, as text. */
export function rendered(profile: PhoneProfile, ending = "", from = vendors): string {
  const files = from.render(profile).filter(({ name }) => name.endsWith(ending));
  if (files.length !== 1) throw new Error(`${files.length} files end in ${ending}`);
  return files[0]?.content ?? "";
}

export async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}
