import type { Change, What } from "../changes/change";
import type { Facts } from "../changes/facts";
import { ofKind } from "../changes/fold";
import { nameOf } from "../changes/render";
import { LOCK_NAMES } from "../model/lock-name";
import { failed } from "../model/refusal";
import { rule } from "./rule";

/**
 * db restore: puts things back as they were, each given as the Change that adds it. What fitted
 * together once does so again; a site's domains and servers may be there already.
 */
export const restoreThings = rule<readonly Change[], void>({
  locks: LOCK_NAMES,
  asks: [
    (wanted) => ({
      domains: ofKind(wanted.flat(), "domain").map(({ key }) => key),
      serversOf: ofKind(wanted.flat(), "servers").map(({ key }) => key),
    }),
  ],
  decide(facts, things) {
    for (const thing of things) {
      requireRoom(facts, thing);
      facts.set(thing.what as What, thing.key, thing.after as never);
    }
  },
});

/** A table of the site's may hold less than that of the one that the backup is of. */
function requireRoom({ widths }: Facts, { what, key, after }: Change): void {
  const { password, values } = (after ?? {}) as {
    password?: string;
    values?: readonly { value: string }[];
  };
  const fits =
    what === "subscriber"
      ? (password ?? "").length <= widths.password
      : what !== "attribute" || values?.every(({ value }) => value.length <= widths.attribute);
  if (fits) return;
  throw failed(
    "width",
    `${nameOf(what, key as never)} has a ${what === "subscriber" ? "password" : "value"} that is longer than this site's table holds. Nothing was restored.`,
  );
}

/** db restore --replace: takes away what is there, each given as the Change that removes it. */
export const clearThings = rule<readonly Change[], void>({
  locks: LOCK_NAMES,
  asks: [],
  decide(facts, things) {
    for (const { what, key, before } of things) {
      facts.learn(what, key, before as never);
      facts.remove(what, key);
    }
  },
});
