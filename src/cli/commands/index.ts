import { families } from "../../nodes/registry";
import type { Command } from "../command";
import { nodeCommand } from "../node-command";
import { batch } from "./batch";
import { call } from "./call";
import { dbMigrate, dbStatus } from "./db";
import { init } from "./init";
import { quickstart } from "./quickstart";

/** Commands under one word; a group of one command of that very name is the command itself. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

const alone = (command: Command): CommandGroup => ({
  name: command.path[0] ?? "",
  summary: command.summary,
  commands: [command],
});

/** Everything `hermes` can do: the commands around the API, then the API's nodes by family. */
export const commandGroups: readonly CommandGroup[] = [
  alone(quickstart),
  alone(init),
  alone(call),
  alone(batch),
  { name: "db", summary: "The provisioning database", commands: [dbMigrate, dbStatus] },
  ...families.map(({ name, summary, nodes }) => ({
    name,
    summary,
    commands: nodes.map(nodeCommand),
  })),
];

export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);
