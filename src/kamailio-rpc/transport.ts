/** Sends a request and answers what came back. */
export type Transport = (request: string) => Promise<string>;

/** Nobody answers within this time, in milliseconds. */
export const PATIENCE = 5000;
