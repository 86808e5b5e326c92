import type { Rows } from "../model/rows";

export interface ListedAccount {
  readonly user: string;
  readonly displayname: string | null;
}

/** Which of Kamailio's accounts are asked for, by what their phones do; the time is unix seconds. */
export interface Presence {
  /** Unused are those of which no phone has been seen registered since. */
  readonly is: "registered" | "offline" | "unused";
  readonly time: number;
}

/** Lists of accounts over both databases, of any length and in the order of their addresses. */
export interface AccountLists {
  /** Every account of either database. */
  all(search?: string): Rows<ListedAccount>;
  /** Kamailio's accounts of which that is so. */
  present(presence: Presence, search?: string): Rows<ListedAccount>;
}
