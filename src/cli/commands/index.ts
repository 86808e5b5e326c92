import { families } from "../../nodes/registry";
import type { Command } from "../command";
import { nodeCommand } from "../node-command";
import { batch } from "./batch";
import { bulkCommands } from "./bulk";
import { call } from "./call";
import { configPath, configShow } from "./config";
import { dbMigrate, dbStatus } from "./db";
import { doctor } from "./doctor";
import { init } from "./init";
import { quickstart } from "./quickstart";

/** Commands under one word, or a command that is that word. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
  readonly alone?: true;
}

const alone = (command: Command): CommandGroup => ({
  name: command.path[0] ?? "",
  summary: command.summary,
  commands: [command],
  alone: true,
});

/** Everything `hermes` can do: the commands around the API, then the API's nodes by family. */
export const commandGroups: readonly CommandGroup[] = [
  alone(quickstart),
  alone(init),
  alone(doctor),
  alone(call),
  alone(batch),
  {
    name: "config",
    summary: "The configuration that applies",
    commands: [configShow, configPath],
  },
  { name: "db", summary: "The provisioning database", commands: [dbMigrate, dbStatus] },
  ...families.map(({ name, summary, nodes }) => ({
    name,
    summary,
    // Made when they are asked for: start-up counts.
    get commands() {
      return [...nodes.map(nodeCommand), ...bulkCommands(name)];
    },
  })),
];

/** Every command there is. */
export const allCommands = (): Command[] => commandGroups.flatMap((group) => group.commands);
