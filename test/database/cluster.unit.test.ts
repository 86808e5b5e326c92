import { describe, expect, it } from "vitest";
import { parseDatabaseUrl } from "../../src/config/database-url";
import { worthAnotherTry } from "../../src/database/again";
import { fitnessOf } from "../../src/database/cluster";

const node = { wsrep_on: "ON", wsrep_ready: "ON", wsrep_local_state: "4", read_only: "OFF" };

describe("what a server is fit for", () => {
  it.each([
    ["a synced node of a cluster", node, "writes"],
    ["a node that has lost the cluster", { ...node, wsrep_ready: "OFF" }, "unready"],
    ["a node that gives its data to another", { ...node, wsrep_local_state: "2" }, "reads"],
    ["a node that takes no writes", { ...node, read_only: "ON" }, "reads"],
    [
      "a MariaDB of no cluster",
      { wsrep_on: "OFF", wsrep_ready: "OFF", read_only: "OFF" },
      "writes",
    ],
    ["its standby", { wsrep_on: "OFF", wsrep_ready: "OFF", read_only: "ON" }, "reads"],
    ["a MySQL", { read_only: "OFF" }, "writes"],
  ])("%s", (_, health, fit) => {
    expect(fitnessOf(new Map(Object.entries(health)))).toBe(fit);
  });
});

describe("what is tried again", () => {
  const one = worthAnotherTry(parseDatabaseUrl("mysql://u:p@db1/hermes"));
  const several = worthAnotherTry(parseDatabaseUrl("mysql://u:p@db1,db2/hermes"));

  it("is what lost against others, wherever", () => {
    for (const kind of ["retry", "unsure"] as const) {
      expect([one({ kind }), several({ kind })]).toEqual([true, true]);
    }
  });

  it("is what lost its server, where there is another", () => {
    for (const kind of ["lost", "busy"] as const) {
      expect([one({ kind }), several({ kind })]).toEqual([false, true]);
    }
  });

  it("is nothing that would end the same way", () => {
    for (const kind of ["absent", "refused", "denied", "duplicate", "slow", "full"] as const) {
      expect([one({ kind }), several({ kind })]).toEqual([false, false]);
    }
  });
});
