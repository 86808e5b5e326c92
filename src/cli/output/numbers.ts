import { looksLikeE164 } from "../../model/e164-form";
import { isRecord } from "./shape";

/** Fields that hold an E.164 number; `forward` may hold an address as well. */
export const NUMBER_FIELDS: ReadonlySet<string> = new Set(["number", "start", "end", "forward"]);

const isNumber = (value: unknown) => typeof value === "string" && looksLikeE164(value);

/** Numbers grouped for people's eyes; their metadata is loaded with the first number that shows up. */
export class Numbers {
  #format: ((number: string) => string) | undefined;

  constructor(private readonly grouped: boolean) {}

  /** To be awaited with whatever is about to be shown. */
  async prepare(rows: readonly unknown[]): Promise<void> {
    if (!this.grouped || this.#format !== undefined || !rows.some(hasNumber)) return;
    this.#format = (await import("../../model/e164")).formatE164;
  }

  show(text: string): string {
    return this.#format !== undefined && looksLikeE164(text) ? this.#format(text) : text;
  }
}

function hasNumber(row: unknown): boolean {
  if (!isRecord(row)) return isNumber(row);
  for (const field of NUMBER_FIELDS) if (isNumber(row[field])) return true;
  return false;
}
