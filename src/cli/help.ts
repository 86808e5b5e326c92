import type { Params } from "../params/param";
import type { Command } from "./command";

/** `<user> --displayname TEXT [flags]`: what the command needs, behind its name. */
export function usage({ params }: Pick<Command, "params">): string {
  const words = Object.entries(params)
    .filter(([, param]) => param.positional)
    .map(([key, param]) => {
      const word = param.rest ? `${param.inputs(key)[0]?.placeholder}…` : name(params, key);
      return param.required ? `<${word}>` : `[${word}]`;
    });
  const needed = Object.entries(params)
    .filter(([, param]) => !param.positional && param.required)
    .filter(([key, param]) =>
      param.inputs(key).some(({ placeholder }) => placeholder !== undefined),
    )
    .map(([key, param]) => {
      const [input] = param.inputs(key);
      return `--${(input?.name ?? key).replaceAll("_", "-")} ${input?.placeholder}`;
    });
  return [...words, ...needed, "[flags]"].join(" ");
}

/** The text above the flags: what the command does. */
export function describe({ summary, description }: Command): string {
  return `${summary}.${description === undefined ? "" : ` ${description}`}`;
}

/** The text below the flags. */
export function exampleLines({ examples }: Command): string {
  const shown = examples.map(
    ({ command, about }) => `  ${command}${about === undefined ? "" : `   # ${about}`}`,
  );
  return ["", examples.length === 1 ? "Example:" : "Examples:", ...shown].join("\n");
}

const name = (params: Params, key: string) => params[key]?.inputs(key)[0]?.name ?? key;
