import { onPhone } from "../../access/lite";
import * as answer from "../../answers";
import { groupBy } from "../../model/group-by";
import { failed } from "../../model/refusal";
import { folder } from "../../params/file";
import { invalidParameters, optional, positional } from "../../params/param";
import { vendor } from "../../params/phone";
import { exactlyOne, needs } from "../../params/relations";
import { mac, toggle } from "../../params/types";
import type { TreeChange } from "../../phones/tree";
import type { RenderedFile } from "../../phones/vendors";
import { noPhone } from "../../rules/phones";
import type { Stores } from "../../store/stores";
import { type Context, node } from "../node";
import { allProfiles, masked, profilesOf } from "./profiles";

/** Changes and problems that are named; of more there is the number. */
const NAMED = 1000;

export const render = node({
  name: "phone/render",
  summary: "Make a phone's configuration, or the files of all phones",
  description:
    "With --all: a folder as a TFTP or HTTP server hands it out. Files are replaced as a whole, and only those that differ; one that Hermes did not write is never touched. Exit status 1 where a phone or a file had to be left as it was.",
  access: ({ all }) => (all ? "full_read" : "limited_read"),
  params: {
    mac: optional(positional(mac())),
    vendor: optional(vendor()),
    masked: toggle("******** in the place of passwords"),
    all: toggle("write the files of all phones"),
    out: optional(
      folder("the folder for --all; left out, phones.out of the configuration", "/srv/phones"),
    ),
  },
  relations: [
    exactlyOne("mac", "all"),
    needs("vendor", "mac"),
    needs("masked", "mac"),
    needs("out", "all"),
  ],
  answers: {
    mac: answer.optional(answer.text({ label: "MAC" })),
    vendor: answer.optional(answer.text()),
    files: answer.optional(answer.list(answer.text())),
    content: answer.optional(answer.secret()),
    masked: answer.optional(answer.text()),
    written: answer.optional(answer.count()),
    unchanged: answer.optional(answer.count()),
    removed: answer.optional(answer.count()),
    changes: answer.optional(
      answer.list(
        answer.record({ what: answer.oneOf(["written", "removed"]), file: answer.text() }),
      ),
    ),
    problems: answer.optional(
      answer.list(
        answer.record({ subject: answer.text(), cause: answer.text(), detail: answer.text() }),
      ),
    ),
  },
  lite: onPhone("mac"),
  examples: [
    { command: "hermes phone render f0:0b:a2:ba:5c:00 --show-secrets" },
    { command: "hermes phone render --all --out /srv/phones" },
    { command: "hermes phone render --all --out /srv/phones --dry-run" },
  ],
  run: (stores, { mac, vendor, masked, out }, context) =>
    mac === undefined
      ? renderAll(stores, out, context)
      : renderOne(stores, { mac, vendor, masked }, context),
});

interface One {
  readonly mac: string;
  readonly vendor: string | undefined;
  readonly masked: boolean;
}

async function renderOne(stores: Stores, { mac, vendor, masked: mask }: One, context: Context) {
  const [vendors, [stored]] = await Promise.all([
    context.phoneVendors(),
    profilesOf(stores, context.config, [mac]),
  ]);
  if (stored === undefined) throw noPhone(mac);
  const profile = vendor === undefined ? stored : asVendor(stored, vendors.named(vendor).name);
  const files = vendors.render(mask ? masked(profile) : profile);
  const text = asOneText(files);
  return {
    mac,
    vendor: vendors.of(profile).name,
    files: files.map(({ name }) => name),
    ...(mask ? { masked: text } : { content: text }),
  };
}

/** A model is one of its own vendor's. */
const asVendor = <P extends { vendor: string | null; model: string | null }>(
  profile: P,
  vendor: string,
): P => ({ ...profile, vendor, model: profile.vendor === vendor ? profile.model : null });

/** One file as it is; several each under its name, as head(1) has them. */
function asOneText(files: readonly RenderedFile[]): string {
  const groups = groupBy(files, ({ content }) => content);
  if (groups.size === 1) return files[0]?.content ?? "";
  const namesOf = (same: readonly RenderedFile[]) => same.map(({ name }) => name).join(", ");
  return [...groups].map(([content, same]) => `==> ${namesOf(same)} <==\n${content}`).join("\n");
}

async function renderAll(stores: Stores, given: string | undefined, context: Context) {
  const { config, trial } = context;
  const out = given ?? config.phones.out;
  if (out === undefined) {
    throw invalidParameters(
      'out is missing. Example: --out /srv/phones; or in the section [phones] of the configuration: out = "/srv/phones"',
    );
  }
  const [{ renderTree }, vendors] = await Promise.all([
    import("../../phones/tree"),
    context.phoneVendors(),
  ]);
  const changes: TreeChange[] = [];
  const { problems, ...counts } = await renderTree(allProfiles(stores, config), out, {
    vendors,
    dryRun: trial,
    onChange: (change) => {
      if (trial && changes.length < NAMED) changes.push(change);
    },
  });
  const fields = { ...counts, ...(trial ? { changes } : {}) };
  const [first] = problems;
  if (first === undefined) return fields;
  return failed(
    "rejected",
    `${problems.length} ${problems.length === 1 ? "phone or file was" : "phones and files were"} left as ${problems.length === 1 ? "it was" : "they were"}. The first: ${first.detail}`,
    { ...fields, problems: problems.slice(0, NAMED) },
  );
}
