/** Where a phone of an account is registered. */
export interface Location {
  readonly contact: string;
  readonly useragent: string;
  /** Unix seconds; 0 for a permanent contact. */
  readonly expires: number;
}

/** That alone, of something that has more to it. */
export const locationOf = ({ contact, useragent, expires }: Location): Location => ({
  contact,
  useragent,
  expires,
});
