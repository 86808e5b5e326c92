import { readClasses } from "../../src/config/classes";

/** What examples/kamailio/classes.cfg was made from; its README shows the same. */
export const exampleSettings = readClasses({ country: "NO", own: ["+4712345???"] });
