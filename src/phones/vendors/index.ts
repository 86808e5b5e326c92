import type { Vendor } from "../vendor";
import { baresip } from "./baresip";
import { ciscoSpa } from "./cisco-spa";
import { grandstream } from "./grandstream";
import { linphone } from "./linphone";
import { polycom } from "./polycom";
import { snom } from "./snom";
import { yealink } from "./yealink";

/** The vendors whose phones Hermes knows by itself. */
export const VENDORS: readonly Vendor[] = [
  baresip,
  ciscoSpa,
  grandstream,
  linphone,
  polycom,
  snom,
  yealink,
];
