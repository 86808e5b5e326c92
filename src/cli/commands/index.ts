import { undo } from "../../nodes/audit/undo";
import type { AnyNode, NodeDeclaration } from "../../nodes/node";
import { families } from "../../nodes/registry";
import type { Command } from "../command";
import { globalFlags } from "../global-flags";
import { commandsOf, type Family, type Grammar, type Section } from "../grammar";
import { topics } from "../help/topics";
import { nodeCommand } from "../node-command";
import { dbBackup, dbRestore } from "./backup";
import { batch } from "./batch";
import { bulkCommands } from "./bulk";
import { call } from "./call";
import { completion } from "./completion";
import { configPath, configShow } from "./config";
import { configSet } from "./config-set";
import { configUnset } from "./config-unset";
import { dbMigrate, dbStatus } from "./db";
import { doctor } from "./doctor";
import { helpCommand } from "./help";
import { init } from "./init";
import { kamailioClasses } from "./kamailio";
import { phoneRender } from "./phone-render";
import { quickstart } from "./quickstart";
import { dbRecover } from "./recover";
import { restricted } from "./restricted";
import { shell } from "./shell";
import { stats } from "./stats";

const SET_UP: Section = "Setting up and looking after";

/** Everything `hermes` can do: the API's nodes by family, then the commands around them. */
export const grammar: Grammar<Command> = {
  summary: "Accounts, number pools, aliases, permissions and desk phones of a Kamailio site.",
  flags: globalFlags,
  families: [
    ...families.map(
      ({ name, summary, nodes }): Family<Command> => ({
        name,
        summary,
        section: "Commands",
        // Made when they are asked for: start-up counts.
        get commands() {
          return [...nodes.map(commandOf), ...bulkCommands(name)];
        },
      }),
    ),
    alone(quickstart, SET_UP),
    alone(init, SET_UP),
    {
      name: "config",
      summary: "The configuration that applies",
      section: SET_UP,
      commands: [configShow, configPath, configSet, configUnset],
    },
    {
      name: "db",
      summary: "The provisioning database",
      section: SET_UP,
      commands: [dbMigrate, dbStatus, dbBackup, dbRestore, dbRecover],
    },
    {
      name: "kamailio",
      summary: "What Kamailio's own configuration needs",
      section: SET_UP,
      commands: [kamailioClasses],
    },
    alone(undoCommand(), SET_UP),
    alone(shell, SET_UP),
    alone(doctor, SET_UP),
    alone(stats, SET_UP),
    alone(completion, SET_UP),
    alone(helpCommand, SET_UP),
    { ...alone(call, "For programs"), also: "api" },
    alone(batch, "For programs"),
    alone(restricted, "For programs"),
  ],
  topics,
};

/** A node's command; some have a way of their own to answer people. */
function commandOf(node: NodeDeclaration): Command {
  const command = nodeCommand(node);
  return node.name === "phone/render" ? phoneRender(command) : command;
}

/** Every command there is. */
export const allCommands = (): Command[] => commandsOf(grammar);

/** What people want to take back they do not look for among records. */
function undoCommand(): Command {
  const node: AnyNode = undo;
  const examples = undo.examples.map(({ command, ...example }) => ({
    ...example,
    command: command.replace("hermes audit undo", "hermes undo"),
  }));
  return { ...nodeCommand(node), name: "undo", path: ["undo"], examples };
}

function alone(command: Command, section: Section): Family<Command> {
  const { name, summary } = command;
  return { name, summary, section, commands: [command], alone: true };
}
