import { describe, expect, it } from "vitest";
import { allCommands } from "../../src/cli/commands";
import { main } from "../../src/cli/main";
import { accessOf } from "../../src/nodes/node";
import { findNode, nodes } from "../../src/nodes/registry";
import type { Params } from "../../src/params/param";
import { fakeIo } from "../cli/output/fake-io";
import { access, contract } from "./contract";

const names = nodes.map(({ name }) => name);
const commandOf = (name: string) => name.replaceAll("_", "-").split("/");

describe("the registry", () => {
  it("has every node of the contract, each once", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys(contract)));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(contract))("%s answers and takes what the contract says", (name, row) => {
    const node = findNode(name);
    if (node === undefined) throw new Error(`There is no ${name}`);
    // There may be more: what the contract says must be there.
    expect(Object.keys(node.answers)).toEqual(expect.arrayContaining([...row.ok]));
    const inputs = Object.entries(node.params as Params).flatMap(([key, param]) =>
      param.inputs(key),
    );
    const { required, optional = [] } = row;
    expect(inputs.map((input) => input.name)).toEqual(
      expect.arrayContaining([...required, ...optional]),
    );
    const needed = Object.entries(node.params as Params)
      .filter(([key, param]) => param.required && param.gather({}, key) === undefined)
      .map(([key]) => key);
    expect(needed.sort()).toEqual([...required].sort());
  });

  it.each(Object.entries(access))("asks for %s where the contract does", (level, expected) => {
    for (const name of expected) {
      const node = findNode(name);
      expect([name, node && accessOf(node, {} as never)]).toEqual([name, level]);
    }
  });

  it("user/forward is limited_read to read and read_write to change", () => {
    const node = findNode("user/forward");
    if (node === undefined) throw new Error("There is no user/forward");
    expect(accessOf(node, { to: undefined, off: false })).toBe("limited_read");
    expect(accessOf(node, { to: "+47", off: false })).toBe("read_write");
    expect(accessOf(node, { to: undefined, off: true })).toBe("read_write");
  });
});

describe.each(nodes)("$name", (node) => {
  const path = commandOf(node.name);
  const command = allCommands().find((known) => known.path.join(" ") === path.join(" "));

  it("is family/some_node, with a summary of one line", () => {
    expect(node.name).toMatch(/^[a-z]+\/[a-z0-9_]+$/);
    expect(node.summary).toMatch(/^[A-Z][^\n]{1,70}[^.\n]$/);
  });

  it("is a command", () => {
    expect(command?.params).toMatchObject(node.params);
    expect(command?.summary).toBe(node.summary);
  });

  it("says in a sentence what it did, or would do, where it may write", () => {
    const anything = new Proxy({}, { get: () => true });
    const mayWrite = node.writes || accessOf(node, anything as never) === "read_write";
    expect(node.tells !== undefined).toBe(mayWrite);
  });

  it("has examples that start with its command", () => {
    expect(node.examples.length).toBeGreaterThan(0);
    for (const { command: example } of node.examples) {
      expect(example).toMatch(new RegExp(`^hermes ${path.join(" ")}( |$)`));
    }
  });

  it("has help with its summary, an example and a flag for each parameter", async () => {
    const io = fakeIo({ columns: 200 });
    expect(await main([...path, "--help"], io)).toBe(0);
    const help = io.out();
    expect(help).toContain(node.summary);
    for (const { command: example } of node.examples) expect(help).toContain(example);
    for (const [key, param] of Object.entries(node.params as Params)) {
      for (const { name, about } of param.inputs(key)) {
        expect(help).toContain(`--${name.replaceAll("_", "-")}`);
        expect(about).toMatch(/\S/);
      }
    }
  });

  it("takes each flag in both spellings", async () => {
    for (const [key, param] of Object.entries(node.params as Params)) {
      for (const { name, placeholder } of param.inputs(key)) {
        for (const flag of new Set([`--${name}`, `--${name.replaceAll("_", "-")}`])) {
          // Known: whatever is said about it, it is not that there is no such flag.
          const io = fakeIo({ env: { HERMES_CONFIG: "/nonexistent/hermes.toml" } });
          await main([...path, flag, ...(placeholder ? ["x"] : []), "--json"], io);
          expect([flag, io.out()]).not.toEqual([flag, expect.stringMatching(/nknown flag/)]);
        }
      }
    }
  });

  it("is found under its name with underscores as well", async () => {
    const io = fakeIo();
    expect(await main([...node.name.split("/"), "--help"], io)).toBe(0);
    expect(io.out()).toContain(node.summary);
  });
});
