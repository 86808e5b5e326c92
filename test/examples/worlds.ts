import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runHermes } from "../support/hermes-process";
import { runShell } from "../support/shell";

/** A home with a site in it, and with the files that examples read. */
export class World {
  private constructor(
    readonly home: string,
    /** What is done first in each copy: a session holds for one place only. */
    private readonly first = "",
  ) {}

  get env() {
    const state = join(this.home, ".local", "state");
    // Root's settings go to /etc where there are none yet.
    const etc = join(this.home, "etc");
    return { HOME: this.home, XDG_STATE_HOME: state, HERMES_ETC: etc, EDITOR: "cat" };
  }

  /** One in which these commands have been done. */
  static async of(commands: readonly string[], from?: World): Promise<World> {
    const world = from?.copy() ?? World.empty();
    for (const command of commands) {
      const { status, stdout, stderr } = await world.run(command);
      if (status !== 0) throw new Error(`${command}: ${status}\n${stdout}${stderr}`);
    }
    return world;
  }

  copy(first = this.first): World {
    const home = mkdtempSync(join(tmpdir(), "hermes-world-"));
    cpSync(this.home, home, { recursive: true });
    return new World(home, first);
  }

  run(command: string) {
    return runShell(this.first + command, { env: this.env, cwd: this.home });
  }

  async json(...words: string[]) {
    const { stdout } = await runHermes([...words, "--json"], { env: this.env });
    return JSON.parse(stdout);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private static empty(): World {
    const home = mkdtempSync(join(tmpdir(), "hermes-world-"));
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), content);
    }
    return new World(home);
  }
}

const FILES = {
  "users.csv": "user,displayname,email\ncarol@example.org,Carol,carol@example.org\n",
  "numbers.txt": "+4712346000\n+4712346001\n",
  "aliases.csv": "alias,destination\n4300@example.org,alice@example.org\n",
  "carrier/numbers.txt": "+4712346000\n",
  "numbers/today.csv": "number\n+4712346000\n",
  "phones.ndjson": '{"mac":"f00ba2ba5c99","user":"alice@example.org"}\n',
  "phones.csv": "mac,user\nf00ba2ba5c99,alice@example.org\n",
  "password.txt": "Corr3ct-horse-battery\n",
  "alias.json": '{"alias":"4301@example.org","destination":"alice@example.org"}\n',
  "requests.ndjson": '{"node":"user/list","params":{}}\n',
  "lab.url": "sqlite:///tmp/hermes-example.db\n",
  "config.toml": "# A site's own.\n[defaults]\npermission = 7\n",
};

/** Made of nothing: a domain that Kamailio serves. */
export const BARE = [
  "hermes init --embedded --domain example.org",
  "hermes numbers add-range +4712345000 +4712345678",
];

/** Beside it: two people, operators. */
export const PEOPLED = [
  "hermes user add-local alice@example.org --displayname Alice --email alice@example.org",
  "hermes user add-local dave@example.org --displayname Dave --email dave@example.org",
  "hermes auth add-user alice --password-stdin --access read_write < password.txt",
  "hermes auth add-user bob --password-stdin --access read_write < password.txt",
];

/** Beside that: whatever two people can have. */
export const FURNISHED = [
  "hermes numbers assign +4712345000 alice@example.org",
  "hermes alias add 4224@example.org alice@example.org",
  "hermes phone add alice@example.org f0:0b:a2:ba:5c:00",
  "hermes phone set f0:0b:a2:ba:5c:00 --vendor yealink",
  "hermes numbers reserve +4712345001 --note x",
  "hermes extension set-managing-user 4224@example.org --username bob",
  "hermes extension grant 4224@example.org --username bob --set-presence",
  "hermes extension grant 4224@example.org --username alice --pickup",
  "hermes auth new-apikey 127.0.0.1 --access read_write --json | jq -r .key > cron.key",
  "mkdir -p .config/fish/completions .config/hermes && cp config.toml .config/hermes",
];
