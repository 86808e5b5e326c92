import type { Answer } from "../../answers/answer";
import { entryOf, kindOf, mapLeaves } from "../../answers/leaves";
import { isoTime } from "../../model/iso-time";
import type { Lines } from "./lines";
import type { Numbers } from "./numbers";
import { localTime } from "./time";
import { visible } from "./visible";

/** The furthest a Date reaches. */
const TIME_MAX = 8.64e15;

const MASK = "********";

/** How values are shown in one answer. */
export interface Style {
  /** Grouped numbers and times of day, else values as programs like them. */
  readonly terminal: boolean;
  /** Whether secrets are shown that this very call has not made. */
  readonly secrets: boolean;
  readonly now: number;
  readonly numbers: Numbers;
  readonly lines: Lines;
}

/** A value as text that is safe to print; `faint` where there is nothing to read in it. */
export interface Cell {
  readonly text: string;
  readonly faint: boolean;
  readonly empty: boolean;
}

/** A value shown as its declaration says. */
export function cell(declared: Answer, stored: unknown, style: Style): Cell {
  if (isEmpty(stored)) return { text: "-", faint: true, empty: true };
  const { answer, value } = forPeople(kindOf(declared, stored), stored);
  if (isMasked(answer, style)) return { text: MASK, faint: true, empty: false };
  return { text: visible(asText(answer, value, style)), faint: false, empty: false };
}

/** The form of a value that people are shown. */
export function forPeople(answer: Answer, value: unknown): { answer: Answer; value: unknown } {
  const { people } = answer;
  if (people === undefined || value === null || value === undefined) return { answer, value };
  const { as, of } = people;
  return {
    answer: answer.label === undefined ? as : { ...as, label: answer.label },
    value: of(value),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

const isMasked = ({ shape }: Answer, { secrets }: Style) =>
  shape.kind === "secret" && !shape.fresh && !secrets;

function asText(answer: Answer, value: unknown, style: Style): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return numberText(answer, value, style);
  if (typeof value === "string") {
    return answer.shape.kind === "telephone" ? style.numbers.show(value) : value;
  }
  if (Array.isArray(value)) return listText(answer, value, style);
  return json(answer, value, style);
}

function numberText({ shape }: Answer, value: number, style: Style): string {
  if (shape.kind === "time") {
    const permanent = value === 0 ? shape.zero : undefined;
    return permanent ?? timeText(value * shape.unit, style);
  }
  if (!style.terminal || shape.kind !== "number" || !shape.grouped) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function timeText(milliseconds: number, style: Style): string {
  if (!(Math.abs(milliseconds) <= TIME_MAX)) return String(milliseconds);
  return style.terminal ? localTime(milliseconds, style.now) : isoTime(milliseconds);
}

function listText(answer: Answer, values: readonly unknown[], style: Style): string {
  const between = answer.shape.kind === "list" ? answer.shape.between : ", ";
  return values.map((value) => cell(entryOf(answer), value, style).text).join(between);
}

function json(answer: Answer, value: unknown, style: Style): string {
  const masked = mapLeaves(answer, value, (each, leaf) =>
    isMasked(each, style) && !isEmpty(leaf) ? MASK : leaf,
  );
  return JSON.stringify(masked) ?? String(value);
}
