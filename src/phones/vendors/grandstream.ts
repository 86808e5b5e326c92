import { CODECS } from "../../model/phone";
import type { Vendor } from "../vendor";

/** P values that each account has of its own; what account 1 has by one number, 2 to 6 have by another. */
interface AccountValues {
  readonly active: number;
  readonly name: number;
  readonly server: number;
  readonly proxy: number;
  readonly userId: number;
  readonly authId: number;
  readonly password: number;
  readonly displayName: number;
  readonly transport: number;
  readonly dialPlan: number;
  /** Eight, the one that is liked best first. */
  readonly codecs: readonly number[];
}

const FIRST: AccountValues = {
  active: 271,
  name: 270,
  server: 47,
  proxy: 48,
  userId: 35,
  authId: 36,
  password: 34,
  displayName: 3,
  transport: 130,
  dialPlan: 290,
  codecs: [57, 58, 59, 60, 61, 62, 46, 98],
};

/** Accounts 2 to 6 count from a hundred of their own. */
const later = (base: number): AccountValues => ({
  active: base + 1,
  name: base + 17,
  server: base + 2,
  proxy: base + 3,
  userId: base + 4,
  authId: base + 5,
  password: base + 6,
  displayName: base + 7,
  transport: base + 48,
  dialPlan: base + 59,
  codecs: [51, 52, 53, 54, 55, 56, 57, 58].map((value) => base + value),
});

const ACCOUNTS = [FIRST, ...[400, 500, 600, 1700, 1800].map(later)];

const CODEC =
  "{{#pcmu}}0{{/pcmu}}{{#pcma}}8{{/pcma}}{{#g722}}9{{/g722}}{{#g729}}18{{/g729}}{{#opus}}123{{/opus}}";

/** No choice may be empty: those beyond the codecs that are wanted repeat the last one. */
const codecs = (values: readonly number[]) =>
  values.map((value, index) => {
    const name = `codec${index + 1}`;
    const own = index < CODECS.length ? `{{#${name}}}${CODEC}{{/${name}}}` : "";
    const last = `{{#last_codec}}${CODEC}{{/last_codec}}`;
    const rest = own === "" ? last : `{{^${name}}}${last}{{/${name}}}`;
    return `    <P${value}>${own}${rest}</P${value}>\n`;
  });

const account = (values: AccountValues, index: number) => `{{#line${index + 1}}}
    <P${values.active}>1</P${values.active}>
    <P${values.name}>{{linetext}}</P${values.name}>
    <P${values.server}>{{domain}}</P${values.server}>
    <P${values.proxy}>{{proxy}}:{{p_port}}</P${values.proxy}>
    <P${values.userId}>{{username}}</P${values.userId}>
    <P${values.authId}>{{authid}}</P${values.authId}>
    <P${values.password}>{{password}}</P${values.password}>
    <P${values.displayName}>{{displayname}}</P${values.displayName}>
    <P${values.transport}>{{#udp}}0{{/udp}}{{#tcp}}1{{/tcp}}{{#tls}}2{{/tls}}</P${values.transport}>
{{#dialplan}}
    <P${values.dialPlan}>{{dialplan}}</P${values.dialPlan}>
{{/dialplan}}
${codecs(values.codecs).join("")}{{/line${index + 1}}}
{{^line${index + 1}}}
    <P${values.active}>0</P${values.active}>
    <P${values.password}></P${values.password}>
{{/line${index + 1}}}
`;

/**
 * Values: Grandstream's configuration template for GXP21xx. A value that is left out keeps its last
 * one, so accounts that are gone are switched off by name. 237 and 212 are the server and its kind.
 */
export const grandstream: Vendor = {
  name: "grandstream",
  title: "Grandstream",
  models: ["GXP2130", "GXP2135", "GXP2140", "GXP2160", "GXP2170", "GRP2612", "GRP2614", "GRP2616"],
  ouis: ["000b82", "c074ad", "ec74d7"],
  lines: ACCOUNTS.length,
  files: [
    {
      names: ["cfg{{mac}}.xml"],
      format: "xml",
      template: `<?xml version="1.0" encoding="UTF-8"?>
<gs_provision version="1">
  <mac>{{mac}}</mac>
  <config version="1">
${ACCOUNTS.map(account).join("")}{{#timezone}}
    <P64>customize</P64>
    <P246>{{posix}}</P246>
{{/timezone}}
{{#prov_url}}
    <P212>{{#prov_tftp}}0{{/prov_tftp}}{{#prov_http}}1{{/prov_http}}{{#prov_https}}2{{/prov_https}}</P212>
    <P237>{{prov_path}}</P237>
    <P194>1</P194>
    <P193>1440</P193>
{{/prov_url}}
  </config>
</gs_provision>
`,
    },
  ],
};
