import { file } from "../params/file";
import { token } from "../params/operators";
import { optional, type Values } from "../params/param";
import { text, toggle } from "../params/types";
import { type Flag, flagsOf } from "./grammar";

/** What every command takes, declared as its own parameters are. */
export const globalParams = {
  json: toggle("answer with exactly one JSON object, the API's envelope"),
  config: optional(file("read this configuration file", "/etc/hermes/config.toml")),
  site: optional(text("work on this site of the configuration", "lab", { placeholder: "NAME" })),
  yes: toggle("say yes to every question"),
  no_input: toggle("never ask anything"),
  quiet: toggle("no notes and no progress"),
  verbose: toggle(
    "show the statements to the database, without values, and more of what goes wrong",
  ),
  no_color: toggle("no colours"),
  no_pager: toggle("print what is longer than the screen as it is"),
  show_secrets: toggle("show passwords and digests in people's output"),
  session: optional(token("use this session (with --auth-key), not the one that is kept")),
  auth_key: optional(token("the auth_key of that session")),
  api_key: optional(token("log in with this API key for this one command")),
  help: toggle("show help"),
  version: toggle("print the version"),
};

export type GlobalFlags = Values<typeof globalParams>;

const LETTERS = { yes: "y", quiet: "q", verbose: "v", help: "h", version: "V" };

/** Secrets of a session come from a flag or the environment, never from standard input. */
export const globalFlags: readonly Flag[] = flagsOf(globalParams, LETTERS).filter(
  ({ name }) => name in globalParams,
);
