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

/** What was typed into `hermes shell`. */
export const historyFile = (env: Environment) => join(stateFolder(env), "history");

/** The folders of the host's own settings; HERMES_ETC stands for them all. */
const etcFolders = (env: Environment): readonly [string, ...string[]] =>
  env.HERMES_ETC?.startsWith("/") ? [env.HERMES_ETC] : ["/etc", "/usr/local/etc"];

export const systemConfigFile = (env: Environment) =>
  join(etcFolders(env)[0], "hermes", "config.toml");

/** What it is unless somebody has said otherwise. */
export const SYSTEM_CONFIG_FILE = systemConfigFile({});

/** Where kamctl looks for its settings: what comes later overrides. */
export const kamctlFiles = (env: Environment) => [
  ...etcFolders(env).map((folder) => join(folder, "kamailio", "kamctlrc")),
  join(home(env), ".kamctlrc"),
];

/** The same for kamcli. */
export const kamcliFiles = (env: Environment) => [
  join(etcFolders(env)[0], "kamcli", "kamcli.ini"),
  join(home(env), ".kamcli", "kamcli.ini"),
];
