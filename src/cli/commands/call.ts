import { readFileSync } from "node:fs";
import { text as readAll } from "node:stream/consumers";
import { isJsonObject } from "../../model/json-object";
import { findNode } from "../../nodes/registry";
import { file } from "../../params/file";
import { pairs } from "../../params/pairs";
import { type Given, invalidParameters, optional, positional } from "../../params/param";
import { text } from "../../params/types";
import type { Cli } from "../cli";
import { command, trial } from "../command";
import { executeNode } from "../node-command";

export const call = command({
  name: "call",
  summary: "Call an API node by its API name, with API parameter names",
  description: "For scripts that were written against the HTTP API.",
  params: {
    node: positional(text("the node's name", "user/add_local")),
    pairs: positional(pairs("parameters of the node")),
    params_json: optional(file("read parameters from a JSON object in this file; - is stdin", "-")),
    dry_run: trial,
  },
  answers: [],
  examples: [
    { command: "hermes call user/get user=alice@example.org" },
    { command: "hermes call alias/add --params-json alias.json" },
  ],
  async run(cli, { node, pairs, params_json, dry_run }) {
    const given = { ...(await fromFile(cli, params_json)), ...pairs };
    return executeNode(cli, node, findNode(node), given, { dryRun: dry_run });
  },
});

async function fromFile(cli: Cli, file: string | undefined): Promise<Given> {
  if (file === undefined) return {};
  const contents = file === "-" ? await readAll(cli.io.stdin as never) : read(file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(contents);
  } catch (error) {
    throw invalidParameters(`${file} is no JSON: ${(error as Error).message}`);
  }
  if (!isJsonObject(parsed)) {
    throw invalidParameters(`${file} must hold a JSON object of parameters.`);
  }
  return parsed;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalidParameters(`Can't read ${file}: ${(error as Error).message}`);
  }
}
