import { findNode } from "../../nodes/registry";
import { inputFile } from "../../params/file";
import { pairs } from "../../params/pairs";
import { naming, optional, positional } from "../../params/param";
import { text } from "../../params/types";
import { command, trial } from "../command";
import { readJsonObject } from "../input/json-object";
import { executeNode } from "../node-command";

export const call = command({
  name: "call",
  summary: "Call an API node by its API name, with API parameter names",
  description: "For scripts that were written against the HTTP API.",
  forOperators: true,
  params: {
    node: positional(
      naming("node", text("the node's name", "user/add_local", { placeholder: "NODE" })),
    ),
    pairs: positional(pairs("parameters of the node")),
    params_json: optional(
      inputFile("read parameters from a JSON object in this file; - is stdin", "-"),
    ),
    dry_run: trial,
  },
  examples: [
    { command: "hermes call user/get user=alice@example.org" },
    { command: "hermes call alias/add --params-json alias.json" },
  ],
  async run(cli, { node, pairs, params_json, dry_run }) {
    const read = params_json === undefined ? {} : await readJsonObject(cli.io, params_json);
    const given = { ...read, ...pairs };
    return executeNode(cli, node, findNode(node), given, { dryRun: dry_run });
  },
});
