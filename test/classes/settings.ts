import { readClasses } from "../../src/config/classes";

/** What examples/kamailio/classes.cfg was made from; its README shows the same. */
export const exampleSection = { country: "NO", own: ["+4712345???"] };

export const exampleSettings = readClasses(exampleSection);
