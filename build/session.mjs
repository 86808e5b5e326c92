// Records docs/session.md with the built hermes. Run by plain node, from `npm run docs:session`; with the name of
// a file it is written there.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What somebody does who has nothing but `hermes --help`. */
const COMMANDS = [
  "hermes --help",
  "hermes domain add example.org",
  "hermes help user add-local",
  "hermes user add-local alice@example.org --displayname Alice --email a@example.org",
  "hermes numbers add +4712345000",
  "hermes numbers assign +4712345000 alice@example.org",
  "hermes phone add alice@example.org f0:0b:a2:ba:5c:00",
  "hermes permission check alice@example.org +46812345678",
  "hermes permission set alice@example.org --flags INTERNATIONAL --add",
  "hermes permission check alice@example.org +46812345678",
  "hermes user show +4712345000",
  "hermes user remove alice@example.org --cascade --yes",
  "hermes numbers remove +4712345000 --yes",
  "hermes domain remove example.org --yes",
  "hermes user list",
];

const HEAD = `# A session

Recorded on a terminal of 80 columns by \`npm run docs:session\`; a test records it again. Whoever has nothing but \`hermes --help\`
adds a domain, a person, a number and a phone, finds out why a call is refused, and takes it all away again.
`;

const FENCE = "```";

/** What is another one each time is always this. */
const PASSWORD = "dmGbAHHzLz57EbtyR9d7s2mY";

/** The page, its session done anew. */
function recordSession() {
  const home = mkdtempSync(join(tmpdir(), "hermes-session-"));
  try {
    const hermes = join(home, "hermes");
    writeFileSync(
      hermes,
      `#!/bin/sh\nexec '${process.execPath}' '${join(root, "bin", "hermes.js")}' "$@"\n`,
    );
    chmodSync(hermes, 0o755);
    const said = COMMANDS.map((command) => `$ ${command}\n${onTerminal(command, home)}`).join("");
    const session = said
      .replace(/^(password +)\S{24}$/m, `$1${PASSWORD}`)
      .replaceAll(home, "/home/alice");
    return `${HEAD}\n${FENCE}console\n${session}${FENCE}\n`;
  } finally {
    rmSync(home, { recursive: true });
  }
}

/**
 * What a terminal of 80 columns shows of a command.
 * @param {string} command
 * @param {string} home
 */
function onTerminal(command, home) {
  const typed = `stty cols 80 rows 50; ${command}`;
  const shown = execFileSync("script", ["--quiet", "--return", "--command", typed, "/dev/null"], {
    encoding: "utf8",
    cwd: home,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: `${home}:${process.env.PATH}`,
      HOME: home,
      HERMES_ETC: home,
      LANG: "C.UTF-8",
      TERM: "xterm",
      NO_COLOR: "1",
      PAGER: "cat",
      SHELL: "/bin/sh",
    },
  });
  return shown.replaceAll("\r", "");
}

const [, , file = join(root, "docs", "session.md")] = process.argv;
writeFileSync(file, recordSession());
