import { critical } from "../model/refusal";

/** A file's text, read. Throws error/config with the line and column where it is no TOML. */
export async function parseToml(text: string, file: string): Promise<Record<string, unknown>> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column, message } = error;
    const why = message.split("\n")[0]?.replace(/^Invalid TOML document: /, "");
    throw critical("config", `${file}, line ${line}, column ${column}: ${why}.`);
  }
}
