import { createHash } from "node:crypto";
import { firstRecordId, newRecordId, timeOfRecord } from "../model/record-id";

const PREFIX = "hermes-";

/** What prepared branches of a site are named by: several may have Kamailio's tables on one server. */
export const siteTag = (kamailio: string, provisioning: string): string =>
  createHash("sha256").update(`${kamailio}\n${provisioning}`).digest("hex").slice(0, 12);

/** A new branch's name. Those of a site sort by their time. */
export const newBranch = (site: string): string => `${beginning(site)}${newRecordId(Date.now())}`;

export const isOfSite = (branch: string, site: string): boolean =>
  branch.startsWith(beginning(site));

/** What stands behind the site: told apart by it. */
export const idOfBranch = (branch: string): string => branch.slice(branch.lastIndexOf("-") + 1);

/** When it began, in unix milliseconds. */
export const timeOfBranch = (branch: string): number => timeOfRecord(idOfBranch(branch));

/** What every branch of the site from that time on (unix milliseconds) is not below. */
export const firstBranch = (site: string, time: number): string =>
  `${beginning(site)}${firstRecordId(time)}`;

const beginning = (site: string) => `${PREFIX}${site}-`;
