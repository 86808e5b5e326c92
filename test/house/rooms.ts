/** A room of src/: what it is for, which rooms it may import, and what to do instead of importing it. */
interface Room {
  readonly mayImport: readonly string[];
  readonly instead: string;
}

const VALUES = ["params", "answers", "config", "model"];

/**
 * The road from the top down, and the rooms beside it. A room may import itself and those that it
 * names; it names rooms further down only. The files of src/ itself are the room `hermes`.
 */
export const rooms: Readonly<Record<string, Room>> = {
  cli: {
    mayImport: [
      ...["restricted", "doctor", "site", "backup", "hermes", "nodes", "bulk", "access", "classes"],
      ...["phones", "files"],
      ...VALUES,
    ],
    instead: "Give the caller what it needs as a value or a function: only the binary starts here.",
  },
  restricted: {
    mayImport: VALUES,
    instead: "The command line knows whom it serves: ask it (cli.restriction).",
  },
  doctor: {
    mayImport: ["hermes", "nodes", "rules", "changes", "store", "database", "phones", ...VALUES],
    instead: "Only a command asks the doctor. Move what both need into a rule or the store.",
  },
  site: {
    mayImport: ["hermes", "rules", "store", "database", "kamailio-rpc", "files", ...VALUES],
    instead: "Only a command sets a site up. Move what both need into config or model.",
  },
  hermes: {
    mayImport: [
      ...["nodes", "bulk", "access", "rules", "changes", "store", "database"],
      ...["kamailio-rpc", "classes", "phones", ...VALUES],
    ],
    instead: "The core calls you: take what you need of it as a parameter.",
  },
  backup: {
    mayImport: ["bulk", "rules", "changes", "store", "files", ...VALUES],
    instead: "Only a command makes backups. Move what both need into a rule or the store.",
  },
  bulk: {
    mayImport: ["nodes", "rules", "changes", "store", "phones", ...VALUES],
    instead: "Reading rows is no one else's business. Move what both need into a rule or model.",
  },
  nodes: {
    mayImport: [
      ...["access", "rules", "changes", "store", "kamailio-rpc", "classes", "phones"],
      ...VALUES,
    ],
    instead: "Move what both need into a rule, and a type that both speak of into model.",
  },
  access: {
    mayImport: ["store", ...VALUES],
    instead: "Who is calling comes as a parameter (an Authority); its type belongs into model.",
  },
  rules: {
    mayImport: ["changes", "store", "classes", ...VALUES],
    instead: "A rule is asked from above, and knows nothing of who asks. Pass what it decided.",
  },
  changes: {
    mayImport: ["store", "model"],
    instead: "The store writes rows and knows no Changes; apply them from above.",
  },
  store: {
    mayImport: ["database", "model"],
    instead:
      "Read by a node's stores, write by a rule. What both need as a type belongs into model.",
  },
  database: {
    mayImport: ["files", "config", "model"],
    instead: "Go through the store: engines and transactions stay below it.",
  },
  "kamailio-rpc": {
    mayImport: ["config", "model"],
    instead: "Ask a running Kamailio from a node or a command.",
  },
  classes: {
    mayImport: ["config", "model"],
    instead: "Pass the class of a call as a value.",
  },
  phones: {
    mayImport: ["files", "config", "model"],
    instead: "Render phones from a command or a node.",
  },
  files: {
    mayImport: ["model"],
    instead: "Hand over what is to be written, or be handed what was read.",
  },
  answers: {
    mayImport: ["params", "model"],
    instead: "Kinds of answers are declared by nodes. What both need belongs into model.",
  },
  params: {
    mayImport: ["model"],
    instead:
      "Kinds of parameters are declared by nodes and commands. A check of a value belongs into model.",
  },
  config: {
    mayImport: ["model"],
    instead: "Take the setting itself as a parameter.",
  },
  model: {
    mayImport: [],
    instead: "A value needs nobody.",
  },
};

/** Rooms that do no I/O: no file, socket or process of their own. */
export const pure = ["model", "params", "answers", "rules", "changes", "classes"];

export function roomOf(file: string): string {
  const [, room = "", inner] = file.split("/");
  return inner === undefined ? "hermes" : room;
}
