/** Where a phone of an account is registered. */
export interface Location {
  readonly contact: string;
  readonly useragent: string;
  /** Unix seconds; 0 for a permanent contact. */
  readonly expires: number;
}
