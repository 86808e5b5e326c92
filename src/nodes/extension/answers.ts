import * as answer from "../../answers";

/** The operator from whom an extension was taken. */
export const previousManager = () => answer.text({ label: "managed before by" });
