import type { IfExists } from "../model/if-exists";
import { add } from "../nodes/phone/add";
import { readRow } from "../params/read";
import { type AddedPhone, addPhone, type WantedPhone } from "../rules/phones";
import { type Importer, withoutEmpty } from "./import";

/** Phones and their accounts on their way into provisioning. */
export const phonesImporter = (ifExists: IfExists): Importer<WantedPhone, AddedPhone> => ({
  params: add.params,
  together: 900,
  rule: addPhone,
  async read(given) {
    const { mac, user } = await readRow(add.params, withoutEmpty(given));
    return { mac, address: user, ifExists };
  },
  counted: ({ outcome }) => outcome,
});
