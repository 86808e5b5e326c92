import { EXPLAINED, type Setting } from "../../config/explained";
import { SYSTEM_CONFIG_FILE } from "../../config/paths";
import type { Topic } from "../grammar";
import type { Page, Part } from "./page";

/** Its own name, and that of the topic of help that it begins with. */
export const CONFIG_PAGE = "hermes-config";
export const CONFIG_TOPIC = "config";

/** hermes-config(5), and docs/configuration.md: all there is to say of the file. */
export function configurationPage({ summary, body }: Topic): Page {
  return {
    name: CONFIG_PAGE,
    section: 5,
    summary,
    synopsis: [],
    parts: [
      {
        title: "Description",
        blocks: [
          ...body(),
          "More of [classes]: docs/classes.md. More of [phones]: docs/phones.md.",
        ],
      },
      CHANGING,
      DOMAIN,
      SITES,
      { title: "Example", blocks: [{ file: exampleFile() }] },
      { title: "See also", blocks: ["hermes(1)"] },
    ],
  };
}

const CHANGING: Part = {
  title: "Changing it",
  blocks: [
    "hermes init writes the file, hermes config set and hermes config unset change it, and hermes config show tells what applies, passwords masked.",
    {
      examples: [
        { command: "hermes config set defaults.domain example.org" },
        {
          command: "hermes config set classes.own '+4712345???,+4712346???'",
          about: "a list: commas between",
        },
        { command: "hermes config set classes.own ''", about: "an empty one" },
        {
          command: "hermes config set kamailio.url --value-stdin < url.txt",
          about: "a password stays off the command line",
        },
        {
          command: "hermes config set --dry-run auth.mode session",
          about: "is it allowed?",
        },
        { command: "hermes config unset defaults.domain", about: "the default applies again" },
      ],
    },
    "All else in the file stays as it is: comments, order, owner, mode. A change that would make the file unusable is refused, with invalid/parameters, and nothing is written; a file that was unusable before is error/config. A key that the file does not have can't be taken out: failed/nonexistant.",
    `Where there is no file, config set makes one, mode 0600: the one that --config or HERMES_CONFIG names, else ${SYSTEM_CONFIG_FILE} for root and the user's own for others.`,
  ],
};

const DOMAIN: Part = {
  title: "A domain to leave out",
  blocks: [
    "With defaults.domain set, an address without @ is in that domain: in flags and arguments, in hermes call, in batch lines, in the columns of an import, and for programs that use Hermes as a library.",
    {
      examples: [{ command: "hermes user get alice" }, { command: "hermes alias add 4224 alice" }],
    },
  ],
};

const SITES: Part = {
  title: "Several sites",
  blocks: [
    "One host may administer several sites. Each has the same sections under a name of its own:",
    {
      file: `[kamailio]                       # no site: the sections at the top
url = "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio"

[sites.lab.kamailio]
url = "mysql://kamailio:kamailiorw@lab:3306/kamailio"
[sites.lab.defaults]
domain = "lab.example.org"
`,
    },
    {
      examples: [
        { command: "hermes --site lab user list" },
        { command: "HERMES_SITE=lab hermes user list" },
        { command: "hermes --site lab config show", about: "site: lab" },
        { command: "hermes --site lab config set defaults.permission 63" },
        { command: "hermes --site lab init" },
      ],
    },
    "A site has nothing from another, nor from the top: what it leaves out has its default, and it has to name its database. As HERMES_KAMAILIO_URL or HERMES_PROVISIONING_URL would send a site's commands to another's database, they are refused beside one.",
  ],
};

/** A configuration with every key in it. */
function exampleFile(): string {
  const sections = Object.entries(EXPLAINED).map(([name, { keys }]) => {
    const lines = Object.entries<Setting>(keys).map(
      ([key, { example }]) => `${key} = ${JSON.stringify(example).replaceAll('","', '", "')}`,
    );
    return [`[${name}]`, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}\n`;
}
