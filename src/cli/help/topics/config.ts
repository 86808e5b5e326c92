import { ENVIRONMENT, EXPLAINED, type Setting } from "../../../config/explained";
import { SYSTEM_CONFIG_FILE } from "../../../config/paths";
import type { Block, Row, Topic } from "../../grammar";

export const config: Topic = {
  name: "config",
  summary: "The configuration file, its keys, and the environment",
  body: () => [
    `The file is --config FILE, $HERMES_CONFIG, $XDG_CONFIG_HOME/hermes/config.toml or ${SYSTEM_CONFIG_FILE}, the first that is found. It is TOML. A flag goes before the environment, that before the file, and that before the default. hermes init writes one; keep it readable for nobody else, for it holds passwords.`,
    ...Object.entries(EXPLAINED).flatMap(([section, { about, keys }]): Block[] => [
      `[${section}] ${about}.`,
      Object.entries<Setting>(keys).map(([key, setting]): Row => [key, explained(setting)]),
    ]),
    "Variables of the environment:",
    Object.entries(ENVIRONMENT),
    {
      examples: [
        { command: "hermes config show", about: "what applies, and whence" },
        { command: "hermes config path" },
      ],
    },
  ],
};

const explained = ({ about, standard }: Setting): string =>
  standard === undefined ? about : `${about} (left out: ${[standard].flat().join(", ")})`;
