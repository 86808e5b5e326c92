import { CODECS, type Codec } from "../model/phone";
import { oneLine, quotedText } from "./formats";
import type { PhoneLine, PhoneProfile } from "./profile";
import {
  type ClockChange,
  hoursAndMinutes,
  posixTimeZone,
  type TimeZone,
  timeZone,
} from "./time-zone";

/** What a template can name. docs/phones.md lists it. */
export type View = Readonly<Record<string, unknown>>;

/** Values that a phone must get as they are. */
export const EXACT: ReadonlySet<string> = new Set([
  ...["mac", "MAC", "model", "prov_url", "prov_path", "address"],
  ...["username", "domain", "authid", "password", "registrar", "proxy", "dialplan"],
]);

/** A phone as templates see it, with places for so many lines. */
export function viewOf(profile: PhoneProfile, places: number): View {
  const lines = profile.lines.map(lineView);
  const codecs = profile.codecs.map(codecView);
  return {
    mac: profile.mac,
    MAC: profile.mac.toUpperCase(),
    vendor: profile.vendor ?? "",
    model: profile.model ?? "",
    // File names are put behind it.
    ...provisioningView((profile.prov_url ?? "").replace(/\/+$/, "")),
    timezone: profile.timezone === null ? null : zoneView(timeZone(profile.timezone)),
    codecs,
    ...Object.fromEntries(CODECS.map((_, index) => [`codec${index + 1}`, codecs[index] ?? null])),
    last_codec: codecs.at(-1) ?? null,
    wants: Object.fromEntries(
      CODECS.map((codec) => [codec.toLowerCase(), profile.codecs.includes(codec)]),
    ),
    other_codecs: CODECS.filter((codec) => !profile.codecs.includes(codec)).map(codecView),
    lines,
    unused: Array.from({ length: Math.max(0, places - lines.length) }, (_, index) =>
      place(lines.length + index),
    ),
    ...Object.fromEntries(
      Array.from({ length: places }, (_, index) => [`line${index + 1}`, lines[index] ?? null]),
    ),
  };
}

/** A phone with everything, whose view has every name that a template can use. */
export const EXAMPLE: PhoneProfile = {
  mac: "f00ba2ba5c00",
  vendor: "example",
  model: "E100",
  prov_url: "https://example.org/prov",
  timezone: "Europe/Berlin",
  codecs: CODECS,
  lines: [
    {
      username: "alice",
      domain: "example.org",
      authid: "alice",
      password: "S3cr3t-w0rds",
      registrar: "example.org",
      r_port: 5060,
      proxy: "example.org",
      p_port: 5060,
      displayname: "Alice",
      linetext: "4224",
      dialplan: "(.*)",
      transport: "udp",
    },
  ],
};

const place = (index: number) => ({ index, number: index + 1 });

function lineView(line: PhoneLine, index: number) {
  const displayname = line.displayname ?? "";
  return {
    ...place(index),
    // Within {{#codecs}}, `number` is the codec's.
    line: index + 1,
    username: line.username,
    domain: line.domain,
    address: `${line.username}@${line.domain}`,
    authid: line.authid,
    password: line.password ?? "",
    registrar: line.registrar,
    r_port: line.r_port,
    proxy: line.proxy,
    p_port: line.p_port,
    displayname,
    quotedname: displayname === "" ? "" : `"${quotedText(oneLine(displayname))}"`,
    linetext: line.linetext || line.username,
    dialplan: line.dialplan ?? "",
    transport: line.transport,
    udp: line.transport === "udp",
    tcp: line.transport === "tcp",
    tls: line.transport === "tls",
  };
}

function codecView(codec: Codec, index: number, all: readonly Codec[]) {
  const is = Object.fromEntries(CODECS.map((each) => [each.toLowerCase(), each === codec]));
  const lowercase = codec.toLowerCase();
  return { ...place(index), codec, lowercase, last: index === all.length - 1, ...is };
}

function provisioningView(prov_url: string) {
  const [, scheme = "", path = ""] = /^([a-z]+):\/\/(.*)$/i.exec(prov_url) ?? [];
  const is = (name: string) => scheme.toLowerCase() === name;
  return {
    prov_url,
    prov_path: path,
    prov_http: is("http"),
    prov_https: is("https"),
    prov_tftp: is("tftp"),
  };
}

function zoneView(zone: TimeZone) {
  const { name, standard, summer } = zone;
  return {
    zone: name,
    posix: posixTimeZone(zone),
    offset_seconds: standard * 60,
    offset_hours: `${standard < 0 ? "" : "+"}${hoursAndMinutes(standard)}`,
    offset_clock: `${standard < 0 ? "-" : "+"}${clock(Math.abs(standard))}`,
    summer: summer === null ? null : summerView(zone, summer),
  };
}

function summerView({ standard }: TimeZone, summer: NonNullable<TimeZone["summer"]>) {
  const saved = summer.offset - standard;
  return {
    saved_seconds: saved * 60,
    saved_minutes: saved,
    saved_hours: hoursAndMinutes(saved),
    start: changeView(summer.start),
    end: changeView(summer.end),
  };
}

function changeView({ month, week, weekday, minutes }: ClockChange) {
  return {
    month,
    month_digits: digits(month),
    week,
    week_digits: digits(week),
    last_week: week === 5,
    first_day: (week - 1) * 7 + 1,
    weekday_from_sunday: weekday + 1,
    weekday_from_monday: weekday === 0 ? 7 : weekday,
    weekday_digits: digits(weekday === 0 ? 7 : weekday),
    hour: Math.floor(minutes / 60),
    time: clock(minutes),
  };
}

const digits = (value: number) => String(value).padStart(2, "0");

const clock = (minutes: number) => `${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
