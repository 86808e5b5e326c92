import type { Answer } from "../../answers/answer";
import { fieldOf, kindOf } from "../../answers/leaves";
import { looksLikeE164 } from "../../model/e164-form";
import { isRecord } from "../../model/record";

/** Numbers grouped for people's eyes; their metadata is loaded with the first number that shows up. */
export class Numbers {
  #format: ((number: string) => string) | undefined;

  constructor(private readonly grouped: boolean) {}

  /** To be awaited with whatever is about to be shown; `of` is what each of the values is. */
  async prepare(of: Answer, values: readonly unknown[]): Promise<void> {
    if (!this.grouped || this.#format !== undefined) return;
    if (!values.some((value) => hasNumber(of, value))) return;
    this.#format = (await import("../../model/e164")).formatE164;
  }

  show(text: string): string {
    return this.#format !== undefined && looksLikeE164(text) ? this.#format(text) : text;
  }
}

function hasNumber(answer: Answer, value: unknown): boolean {
  if (isRecord(value)) {
    return Object.keys(value).some((name) => hasNumber(fieldOf(answer, name), value[name]));
  }
  return (
    kindOf(answer, value).shape.kind === "telephone" &&
    typeof value === "string" &&
    looksLikeE164(value)
  );
}
