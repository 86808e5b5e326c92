import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands, grammar } from "../../src/cli/commands";
import { typedCommands } from "../docs/documents";
import { BARE, FURNISHED, PEOPLED, World } from "./worlds";

/** What an example needs that is not here; it is understood all the same (test/cli/grammar). */
const ELSEWHERE: readonly [RegExp, string][] = [
  [/hermes init(?: --yes)?$/, "a host with Kamailio's own configuration: test/site"],
  [/@db1:|mysql:/, "a server of that name: test/site"],
  [/hermes restricted/, "system users: test/restricted"],
  [/hermes db (recover|migrate)/, "a server: test/database"],
  [/<\(hermes completion (zsh|fish)\)/, "that shell: test/cli/completion"],
  [/hermes shell|^hermes user add-local$/, "a terminal"],
  [/--random --json$|--value-stdin$/, "what the shell does before or behind it"],
  [/init (?:--kamctlrc|--yes --write)/, "a host with Kamailio's own configuration: test/site"],
  [/\bCOMMAND\b|\bNAME\b/, "a form, not a command"],
];

/** A running Kamailio is asked; without one the answer says just that. */
const ASKS_KAMAILIO = /--live|user kick|user location|phone resync|domain reload/;

/** What stands in the documents by themselves; README is typed by test/e2e, the reference is made of what is declared. */
const written = typedCommands
  .filter(({ path }) => path.startsWith("docs/"))
  .map(({ command }) => command);

const declared = [
  ...allCommands().flatMap(({ examples }) => examples),
  ...grammar.topics.flatMap(({ body }) =>
    body().flatMap((block) =>
      typeof block === "object" && "examples" in block ? block.examples : [],
    ),
  ),
].map(({ command }) => command);

const examples = [...new Set([...declared, ...written])].filter(
  (command) => !ELSEWHERE.some(([needs]) => needs.test(command)),
);

let worlds: World[];

beforeAll(async () => {
  const bare = await World.of(BARE);
  const peopled = await World.of(PEOPLED, bare);
  const furnished = await World.of(FURNISHED, peopled);
  const locked = await World.of(
    [`printf '[auth]\\nmode = "session"\\n' >> .config/hermes/config.toml`],
    furnished,
  );
  const login = "hermes auth login --username alice --password-stdin --quiet < password.txt >&2; ";
  const rich = await World.of(
    [
      "hermes config set defaults.domain example.org",
      "hermes user add-local bob --displayname Bob --email bob@example.org",
      "hermes db backup site.backup",
    ],
    peopled,
  );
  const aliased = await World.of(["hermes alias add 4224@example.org alice@example.org"], peopled);
  worlds = [
    furnished,
    peopled,
    bare,
    locked.copy(login),
    aliased,
    await World.of(["hermes user disable alice@example.org"], furnished),
    await World.of(["hermes numbers reserve +4712345000"], peopled),
    await World.of(["hermes auth remove-user bob"], aliased),
    await World.of(["hermes init --embedded --domain example.net"]),
    rich,
    await World.of(["rm -rf .local/share/hermes"], rich),
  ];
}, 120_000);
afterAll(() => {
  for (const world of worlds ?? []) world.remove();
});

/** The example as it can be typed in a home of its own: names that are only there once are looked up. */
async function typed(command: string, world: World): Promise<string> {
  const record = /\b01m8\w+|\bID\b/.test(command)
    ? (await world.json("audit", "list")).list?.[0]?.id
    : "";
  const api = /remove-apikey/.test(command)
    ? (await world.json("auth", "list-apikeys")).list?.[0]?.id
    : "";
  return command
    .replace(/\b01m8\w+/, record)
    .replace(/\bID\b/, record)
    .replace(/\b(?:3f9c0a51be|a41ec703ce)\b/, api)
    .replace(/\bFILE\b/, "site.backup")
    .replaceAll(/(?<==|\s)(\/srv\/|\/etc\/hermes\/)/g, "./")
    .replace("--username alice", (flag) =>
      command.startsWith("hermes auth login") ? `${flag} --password-stdin` : flag,
    )
    .replace(/^hermes auth (?:change-password|add-user(?!.*--generate).*)$/, "$& --password-stdin")
    .replace(/^[^<]*--password-stdin[^<]*$/, "$& < password.txt");
}

describe.concurrent("each example does what it says, in a site where that can be done", () => {
  test.each(examples)("%s", async (command) => {
    const said: string[] = [];
    for (const origin of worlds) {
      const world = origin.copy();
      const { status, stdout, stderr } = await world.run(await typed(command, world));
      world.remove();
      said.push(`${status}: ${stdout.slice(0, 300)}${stderr}`);
      if (status === 0) return;
      if (ASKS_KAMAILIO.test(command) && /norpc|offline/.test(stdout + stderr)) return;
      // Findings are an answer too.
      if (/hermes doctor/.test(command) && status === 1 && /findings/.test(stdout + stderr)) return;
    }
    expect.fail(said.join("\n"));
  });
});
