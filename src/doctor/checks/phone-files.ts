import { formatSipAddress } from "../../model/sip-address";
import type { Context } from "../../nodes/node";
import { allProfiles } from "../../nodes/phone/profiles";
import type { StaleFile } from "../../phones/stale";
import type { Stores } from "../../store/stores";
import { type DataCheck, each } from "../finding";

/** Whether the site configures its phones with Hermes: a site that doesn't is told nothing of it. */
const configures = async ({ phoneModels }: Stores, { config }: Context) =>
  config.phones.out !== undefined || (await phoneModels.any());

/** Phones of which nobody knows how to configure them. */
export const phoneVendors: DataCheck = {
  name: "phone-vendors",
  async *find(stores, context) {
    if (!(await configures(stores, context))) return;
    const vendors = await context.phoneVendors();
    for await (const macs of stores.phones.pages()) {
      const known = new Map((await stores.phoneModels.of(macs)).map((one) => [one.mac, one]));
      for (const mac of macs) {
        const vendor = known.get(mac)?.vendor;
        if (vendor === undefined ? vendors.guessed(mac) : vendors.has(vendor)) continue;
        yield {
          severity: "warning",
          subject: mac,
          detail:
            vendor === undefined
              ? "The phone has no vendor, and its address doesn't tell: it can't be configured."
              : `The phone's vendor is ${vendor}, which is not known here.`,
          fix: `hermes phone set ${mac} --vendor …`,
        };
      }
    }
  },
};

const STALE: Readonly<Record<StaleFile["state"], string>> = {
  absent: "The phone's file is not there.",
  outdated: "The phone's file is not what the phone should be told.",
  foreign: "The file is not as Hermes wrote it, so Hermes leaves it.",
  orphaned: "The file belongs to no phone any more.",
};

/** Files in the folder that phones fetch theirs from. */
export const phoneFiles: DataCheck = {
  name: "phone-files",
  async *find(stores, context) {
    const { out } = context.config.phones;
    if (out === undefined) return;
    const { stale } = await import("../../phones/stale");
    const profiles = allProfiles(stores, context.config);
    for await (const found of stale(profiles, out, await context.phoneVendors())) {
      if ("refusal" in found) {
        // Of phones without a vendor there is a check of its own.
        if (found.refusal.reason === "vendor") continue;
        const { mac, refusal } = found;
        yield {
          severity: "warning",
          subject: mac,
          detail: refusal.detail,
          fix: `hermes phone render ${mac}`,
        };
      } else {
        const { file, state } = found;
        yield {
          severity: "warning",
          subject: file,
          detail: STALE[state],
          fix:
            state === "foreign"
              ? `Move ${out}/${file} away, then: hermes phone render --all`
              : "hermes phone render --all",
        };
      }
    }
  },
};

/** Accounts that are on no phone; some are meant to be so. */
export const withoutPhone: DataCheck = {
  name: "without-phone",
  async *find(stores, context) {
    if (!(await configures(stores, context))) return;
    for await (const address of each(stores.consistency.withoutPhone())) {
      const user = formatSipAddress(address);
      yield {
        severity: "note",
        subject: user,
        detail: "The account is on no phone.",
        fix: `hermes phone add ${user} <mac>`,
      };
    }
  },
};
