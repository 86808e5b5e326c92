import { onFound } from "../../access/lite";
import type { ExtensionName } from "../../model/extension-name";
import { factsFor } from "../../rules/carry-out";
import { asksForExtensions, extensionsNamed } from "../../rules/extensions";

/** About an extension by any name, where that means one alone. */
export const onExtension = <V>(name: (params: V) => ExtensionName) =>
  onFound<V>(async (stores, params) => {
    const extension = name(params);
    const facts = await factsFor(stores, { asks: asksForExtensions }, [{ extension }]);
    const [found, ...others] = extensionsNamed(facts, extension);
    return others.length > 0 ? undefined : found;
  });
