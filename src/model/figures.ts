/** How much of everything a site has. */
export interface Figures {
  readonly accounts: {
    /** Kamailio's own. */
    readonly local: number;
    /** Of other domains: phones here, accounts elsewhere. */
    readonly remote: number;
    /** Local ones that can't register. */
    readonly disabled: number;
    /** With a registration that holds. */
    readonly registered: number;
  };
  readonly numbers: {
    /** In the pool, to be given out. */
    readonly free: number;
    /** Some account's alias or name. */
    readonly assigned: number;
    readonly reserved: number;
    readonly quarantined: number;
  };
  readonly aliases: number;
  /** Devices, by their MAC. */
  readonly phones: number;
  readonly operators: number;
}
