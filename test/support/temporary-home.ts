import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home directory of its own, so that no configuration or database of the developer's, or of the host's, is touched. */
export async function temporaryHome() {
  const folder = await mkdtemp(join(tmpdir(), "hermes-home-"));
  return {
    folder,
    env: {
      HOME: folder,
      HERMES_ETC: join(folder, "etc"),
      XDG_DATA_HOME: join(folder, "data"),
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_STATE_HOME: join(folder, "state"),
      XDG_CACHE_HOME: join(folder, "cache"),
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
