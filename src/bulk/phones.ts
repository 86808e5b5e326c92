import type { Config } from "../config/config";
import type { IfExists } from "../model/if-exists";
import { add } from "../nodes/phone/add";
import { optional } from "../params/param";
import { model, vendor } from "../params/phone";
import { readParams } from "../params/read";
import { needs, requireRelations } from "../params/relations";
import { vendorsOf } from "../phones/load";
import { type AddedPhone, addPhone, type WantedPhone } from "../rules/phones";
import { type Importer, withoutEmpty } from "./import";

/** The columns: what `phone/add` and `phone/set` take. */
export const phoneParams = {
  ...add.params,
  vendor: optional(vendor()),
  model: optional(model()),
};

const relations = [needs("model", "vendor")];

/** Phones and their accounts on their way into provisioning. */
export function phonesImporter(
  ifExists: IfExists,
  { phones, defaults }: Pick<Config, "phones" | "defaults">,
): Importer<WantedPhone, AddedPhone> {
  const vendors = vendorsOf(phones.templates);
  return {
    params: phoneParams,
    together: 300,
    rule: addPhone,
    async read(given) {
      const values = await readParams(phoneParams, withoutEmpty(given), { defaults });
      requireRelations(relations, phoneParams, values);
      const { mac, user, vendor, model } = values;
      const is =
        vendor === undefined ? undefined : { vendor: (await vendors()).named(vendor).name, model };
      return { mac, address: user, ifExists, is };
    },
    counted: ({ outcome }) => outcome,
  };
}
