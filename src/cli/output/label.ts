import type { Answer } from "../../answers/answer";
import { visible } from "./visible";

/** A field of an answer under its API name. */
export interface Field {
  readonly name: string;
  readonly answer: Answer;
  readonly value: unknown;
}

/** A field's name in people's words: `r_port` → `registrar port`. */
export function label({ name, answer }: Pick<Field, "name" | "answer">): string {
  return answer.label ?? visible(name.replaceAll("_", " "));
}
