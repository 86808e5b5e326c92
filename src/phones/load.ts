import type { PhoneVendors } from "./vendors";

/** A site's vendors, read and made ready when they are first asked for; `folder` has the site's own. */
export function vendorsOf(folder: string | undefined): () => Promise<PhoneVendors> {
  let loading: Promise<PhoneVendors> | undefined;
  return () => {
    loading ??= import("./vendors").then(({ PhoneVendors }) => PhoneVendors.load(folder));
    return loading;
  };
}
