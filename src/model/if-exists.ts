export const IF_EXISTS = ["fail", "skip", "update"] as const;

/** What becomes of a thing that is wanted and there already: it is refused, left, or brought up to date. */
export type IfExists = (typeof IF_EXISTS)[number];
