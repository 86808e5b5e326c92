/** What a column holds: text, whole numbers, yes or no, a time of the engine's, bytes; `?` where it may be null. */
type Type = "text" | "text?" | "integer" | "integer?" | "flag" | "time" | "bytes";

export type Right = "INSERT" | "UPDATE" | "DELETE";

/** A table as Hermes knows it. Tables may have columns more. */
interface Table {
  readonly columns: Readonly<Record<string, Type>>;
  /** Columns that not every version of the table has. */
  readonly some?: Readonly<Record<string, Type>>;
  /** What Hermes does with it beside reading it. */
  readonly rights: readonly Right[];
  /** A site can do without. */
  readonly optional?: true;
}

const ADDRESS = { username: "text", domain: "text" } as const;
const CHANGED: readonly Right[] = ["INSERT", "UPDATE", "DELETE"];

/** Kamailio's tables that Hermes reads or writes: their DDL is Kamailio's (kamailio-tables.ts for an embedded file). */
export const KAMAILIO = {
  version: { columns: { table_name: "text", table_version: "integer" }, rights: [] },
  subscriber: {
    columns: { id: "integer", ...ADDRESS, password: "text", ha1: "text", ha1b: "text" },
    some: { email_address: "text", rpid: "text?", permittedcalls: "integer?" },
    rights: CHANGED,
  },
  location: {
    columns: { id: "integer", ...ADDRESS, contact: "text", user_agent: "text", expires: "time" },
    rights: ["DELETE"],
  },
  dbaliases: {
    columns: { id: "integer", alias_username: "text", alias_domain: "text", ...ADDRESS },
    rights: CHANGED,
  },
  domain: {
    columns: { domain: "text", last_modified: "time" },
    some: { did: "text?" },
    rights: ["INSERT", "DELETE"],
  },
  usr_preferences: {
    columns: {
      ...{ id: "integer", ...ADDRESS, attribute: "text" },
      ...{ type: "integer", value: "text", last_modified: "time" },
    },
    rights: CHANGED,
  },
  grp: {
    columns: { ...ADDRESS, grp: "text", last_modified: "time" },
    rights: ["INSERT", "DELETE"],
    optional: true,
  },
} as const satisfies Readonly<Record<string, Table>>;

/** What Hermes writes of every table of its own; migrations make them. */
const OWN: readonly Right[] = ["INSERT", "DELETE"];

/** The provisioning tables that the newest migration leaves behind. */
export const PROVISIONING = {
  users: {
    columns: {
      ...{ ...ADDRESS, password: "text", authid: "text", registrar: "text", r_port: "integer" },
      ...{ proxy: "text", p_port: "integer", dialplan: "text?" },
      ...{ displayname: "text?", linetext: "text?" },
    },
    rights: OWN,
  },
  phones: { columns: { mac: "text", ...ADDRESS }, rights: OWN },
  phone_models: { columns: { mac: "text", vendor: "text", model: "text?" }, rights: OWN },
  numbers: { columns: { number: "text" }, rights: OWN },
  held_numbers: {
    columns: { number: "text", state: "text", until: "integer?", note: "text?" },
    rights: OWN,
  },
  servers: {
    columns: {
      ...{ domain: "text", registrar: "text", r_port: "integer" },
      ...{ proxy: "text", p_port: "integer", prov_url: "text" },
    },
    rights: OWN,
  },
  locks: { columns: { name: "text", taken: "integer" }, rights: OWN },
  operators: {
    columns: {
      ...{ id: "text", username: "text", displayname: "text?", password: "text" },
      ...{ enabled: "flag", full: "flag", access: "text", last_password_changed_at: "integer?" },
    },
    rights: OWN,
  },
  api_keys: {
    columns: {
      ...{ id: "text", digest: "text", host: "text", access: "text" },
      ...{ operator_id: "text?", created: "integer", last_used: "integer?" },
    },
    rights: OWN,
  },
  sessions: {
    columns: {
      ...{ digest: "text", key_digest: "text", key_expires: "integer", expires: "integer" },
      ...{ operator_id: "text?", api_key_id: "text?", created: "integer" },
    },
    rights: OWN,
  },
  login_attempts: {
    columns: { subject: "text", failures: "integer", locked_until: "integer", last: "integer" },
    rights: OWN,
  },
  managing_users: { columns: { ...ADDRESS, operator_id: "text" }, rights: OWN },
  extension_grants: {
    columns: {
      ...{ operator_id: "text", ...ADDRESS, pickup: "flag", steal: "flag", spy: "flag" },
      ...{ set_presence: "flag", queue_member: "flag", view_other_party: "flag" },
      ...{ read_calendar: "flag", write_calendar: "flag", read_phonebook: "flag" },
      ...{ write_phonebook: "flag", control_sip_devices: "flag" },
      view_other_party_override: "text",
    },
    rights: OWN,
  },
  disabled_accounts: {
    columns: { ...ADDRESS, password: "text", ha1: "text", ha1b: "text" },
    rights: OWN,
  },
  last_seen: { columns: { ...ADDRESS, seen: "integer" }, rights: OWN },
  records: {
    columns: {
      ...{ id: "text", caller: "text", operator_id: "text?", node: "text", subject: "text" },
      ...{ params: "text", changes: "integer", undone_by: "text?", undoes: "text?" },
    },
    rights: OWN,
  },
  record_changes: {
    columns: { record: "text", part: "integer", content: "bytes" },
    rights: OWN,
  },
  record_subjects: { columns: { address: "text", record: "text" }, rights: OWN },
} as const satisfies Readonly<Record<string, Table>>;

type Tables = typeof KAMAILIO & typeof PROVISIONING;

export type TableName = keyof Tables;

type All<T extends TableName> = Tables[T]["columns"] &
  (Tables[T] extends { readonly some: infer S } ? S : unknown);

/** The name of a table's column. */
export type Column<T extends TableName> = Extract<keyof All<T>, string>;

interface Held {
  readonly text: string;
  readonly "text?": string | null;
  readonly integer: number;
  readonly "integer?": number | null;
  readonly flag: boolean | number;
  readonly time: unknown;
  readonly bytes: Uint8Array;
}

/** A row of a table, with the columns that every version of it has. */
export type RowOf<T extends TableName> = {
  [C in keyof Tables[T]["columns"]]: Tables[T]["columns"][C] extends keyof Held
    ? Held[Tables[T]["columns"][C]]
    : never;
};

const named = (tables: Readonly<Record<string, Table>>, optional: boolean): string[] =>
  Object.keys(tables).filter((name) => (tables[name]?.optional === true) === optional);

export const KAMAILIO_TABLES = named(KAMAILIO, false);
export const OPTIONAL_KAMAILIO_TABLES = named(KAMAILIO, true);
export const PROVISIONING_TABLES = Object.keys(PROVISIONING);

const rightsOf = (tables: Readonly<Record<string, Table>>) =>
  Object.fromEntries(Object.entries(tables).map(([name, { rights }]) => [name, rights]));

/** What Hermes does with Kamailio's tables beside reading them. */
export const KAMAILIO_RIGHTS = rightsOf(KAMAILIO);
/** And with its own. */
export const PROVISIONING_RIGHTS = rightsOf(PROVISIONING);

/** Every column of the provisioning tables that the newest migration leaves behind. */
export const PROVISIONING_COLUMNS = Object.entries(PROVISIONING).flatMap(([table, { columns }]) =>
  Object.keys(columns).map((column) => ({ table, column })),
);
