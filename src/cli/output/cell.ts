import { permissionFlags } from "../../model/permission";
import { SECRET_FIELDS } from "../../model/secret-fields";
import { NUMBER_FIELDS, type Numbers } from "./numbers";
import { isoTime, localTime } from "./time";
import { visible } from "./visible";

const PERMISSIONS = new Set(["permission", "permittedcalls"]);
/** Unix times by what one of their units lasts in milliseconds. */
const TIMES: Readonly<Record<string, number>> = {
  created: 1000,
  expires: 1000,
  key_expires: 1000,
  last_password_changed_at: 1,
  last_used: 1000,
  session_expires: 1000,
  time: 1000,
};
const COUNTS = new Set([
  "added",
  "count",
  "existing",
  "read",
  "rejected",
  "removed",
  "skipped",
  "updated",
]);
/** The furthest a Date reaches. */
const TIME_MAX = 8.64e15;

const MASK = "********";

/** How values are shown in one answer. */
export interface Style {
  /** Grouped numbers and times of day, else values as programs like them. */
  readonly terminal: boolean;
  /** Secret fields that are shown, or all of them. */
  readonly shown: ReadonlySet<string> | "all";
  readonly now: number;
  readonly numbers: Numbers;
}

/** A value as text that is safe to print; `faint` where there is nothing to read in it. */
export interface Cell {
  readonly text: string;
  readonly faint: boolean;
  readonly empty: boolean;
}

/** A value shown by the name of its field. */
export function cell(field: string, value: unknown, style: Style): Cell {
  if (isEmpty(value)) return { text: "-", faint: true, empty: true };
  if (isMasked(field, style)) return { text: MASK, faint: true, empty: false };
  return { text: visible(asText(field, value, style)), faint: false, empty: false };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

function isMasked(field: string, style: Style): boolean {
  return SECRET_FIELDS.has(field) && style.shown !== "all" && !style.shown.has(field);
}

function asText(field: string, value: unknown, style: Style): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (PERMISSIONS.has(field)) return permissionText(value);
  if (typeof value === "number") return numberText(field, value, style);
  if (typeof value === "string") return stringText(field, value, style);
  if (Array.isArray(value)) return listText(field, value, style);
  return json(value, style);
}

function numberText(field: string, value: number, style: Style): string {
  const unit = TIMES[field];
  if (unit !== undefined) return timeText(field, value * unit, style);
  if (!style.terminal || !COUNTS.has(field)) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function timeText(field: string, milliseconds: number, style: Style): string {
  if (field === "expires" && milliseconds === 0) return "permanent";
  if (!(Math.abs(milliseconds) <= TIME_MAX)) return String(milliseconds);
  return style.terminal ? localTime(milliseconds, style.now) : isoTime(milliseconds);
}

function stringText(field: string, value: string, style: Style): string {
  if (NUMBER_FIELDS.has(field)) return style.numbers.show(value);
  // user/available: that there is no such account is the good news.
  if (field === "cause") return `yes (${value})`;
  return value;
}

/** 7 → `7  NOCALLS EMERGENCY INTERNAL`; a database may hold it as text. */
function permissionText(value: unknown): string {
  const text = String(value);
  if (!/^\d+$/.test(text)) return text;
  return [text, permissionFlags(Number(text)).join(" ")].filter((part) => part !== "").join("  ");
}

function listText(field: string, values: readonly unknown[], style: Style): string {
  const texts = values.map((value) => (isEmpty(value) ? "-" : asText(field, value, style)));
  return texts.join(field === "flags" ? " " : ", ");
}

function json(value: unknown, style: Style): string {
  const masked = (field: string, inner: unknown) =>
    isMasked(field, style) && !isEmpty(inner) ? MASK : inner;
  return JSON.stringify(value, masked) ?? String(value);
}
