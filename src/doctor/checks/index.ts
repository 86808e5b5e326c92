import type { DataCheck, GroundCheck } from "../finding";
import { aliases } from "./aliases";
import { collation } from "./collation";
import { configuration } from "./configuration";
import { duplicates } from "./duplicates";
import { integrity } from "./integrity";
import { locations } from "./locations";
import { migrations } from "./migrations";
import { numbers } from "./numbers";
import { passwords } from "./passwords";
import { phoneFiles, phoneVendors, withoutPhone } from "./phone-files";
import { phones } from "./phones";
import { prepared } from "./prepared";
import { provisioning } from "./provisioning";
import { rights } from "./rights";
import { servers } from "./servers";
import { subscribers } from "./subscribers";
import { tables } from "./tables";
import { versions } from "./versions";

/** Where one of these fails, nothing can be said of the data. */
export const foundations: readonly GroundCheck[] = [tables, migrations];

export const groundChecks: readonly GroundCheck[] = [
  configuration,
  integrity,
  rights,
  collation,
  prepared,
];

/** In the order in which they are mended: a domain must have servers before its accounts are adopted. */
export const dataChecks: readonly DataCheck[] = [
  versions,
  servers,
  provisioning,
  subscribers,
  passwords,
  aliases,
  duplicates,
  phones,
  phoneVendors,
  phoneFiles,
  withoutPhone,
  numbers,
  locations,
];
