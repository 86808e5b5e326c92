import { describe } from "vitest";
import { type Shape, useSite } from "../../support/site";
import { accountCases } from "./accounts";
import { aliasCases } from "./aliases";
import { auditCases } from "./audit";
import { changeCases } from "./changes";
import { domainCases } from "./domains";
import { leavingCases } from "./leaving";
import { locationCases } from "./location";
import { numberStateCases } from "./number-states";
import { numberUsageCases } from "./number-usage";
import { numberCases } from "./numbers";
import { permissionCases } from "./permissions";
import { phoneCases } from "./phones";
import { rollbackCases } from "./rollback";
import { wholeCases } from "./whole";

/** The contract's first node table, on a site of one shape. */
export function nodeSuite(shape: Shape): void {
  describe(shape, () => {
    const site = useSite(shape);
    describe("accounts", () => accountCases(site));
    describe("changes to accounts", () => changeCases(site));
    describe("leaving", () => leavingCases(site));
    describe("everything about one person", () => wholeCases(site));
    describe("locations", () => locationCases(site));
    describe("phones", () => phoneCases(site));
    // A million numbers are the same with whichever subscriber table.
    const large = shape === "embedded" || shape === "v7";
    describe("numbers", () => numberCases(site, { large }));
    describe("states of numbers", () => numberStateCases(site));
    describe("what there is of numbers", () => numberUsageCases(site));
    describe("aliases", () => aliasCases(site));
    describe("domains", () => domainCases(site));
    describe("permissions", () => permissionCases(site));
    describe("records", () => auditCases(site));
    rollbackCases(site);
  });
}
