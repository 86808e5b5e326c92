import { decoded } from "../../bulk/text";
import { NotJson, parseJson } from "../../model/json";
import { isJsonObject } from "../../model/json-object";
import { LINE_MAX } from "../../model/limits";
import { type Given, invalidParameters } from "../../params/param";
import type { Io } from "../io";
import { inputStream } from "./stream";

/** The one JSON object that a file holds, or standard input for `-`. */
export async function readJsonObject(io: Io, file: string): Promise<Given> {
  const wrong = (why: string) =>
    invalidParameters(`${file === "-" ? "Standard input" : file} ${why}.`);
  let text = "";
  for await (const piece of decoded(await inputStream(io, file))) {
    text += piece;
    if (text.length > LINE_MAX) throw wrong(`is longer than ${LINE_MAX} characters`);
  }
  try {
    const parsed = parseJson(text);
    if (isJsonObject(parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw wrong(error.message);
  }
  throw wrong("must hold a JSON object of parameters");
}
