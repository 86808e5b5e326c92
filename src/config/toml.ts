import { critical } from "../model/refusal";

/** A file's text, read. Throws error/config that names the file where it is no TOML. */
export async function parseToml(text: string, file: string): Promise<Record<string, unknown>> {
  const { parse } = await import("smol-toml");
  try {
    return parse(text);
  } catch (error) {
    throw critical("config", `${file}: ${(error as Error).message.split("\n")[0]}.`);
  }
}
