import { join } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

const home = (env: Environment) => env.HOME ?? "/";

/** An XDG base directory (freedesktop.org Base Directory Specification); relative paths are ignored as it says. */
function xdg(env: Environment, name: string, ...fallback: string[]): string {
  const set = env[name];
  return set?.startsWith("/") ? set : join(home(env), ...fallback);
}

export const embeddedFile = (env: Environment) =>
  join(xdg(env, "XDG_DATA_HOME", ".local", "share"), "hermes", "hermes.db");

export const userConfigFile = (env: Environment) =>
  join(xdg(env, "XDG_CONFIG_HOME", ".config"), "hermes", "config.toml");

export const stateFolder = (env: Environment) =>
  join(xdg(env, "XDG_STATE_HOME", ".local", "state"), "hermes");

/** Where the command line keeps the session of a login. */
export const sessionFile = (env: Environment) => join(stateFolder(env), "session.json");

/** Where kamctl looks for its settings: what comes later overrides. */
export const kamctlFiles = (env: Environment) => [
  "/etc/kamailio/kamctlrc",
  "/usr/local/etc/kamailio/kamctlrc",
  join(home(env), ".kamctlrc"),
];

export const SYSTEM_CONFIG_FILE = "/etc/hermes/config.toml";
