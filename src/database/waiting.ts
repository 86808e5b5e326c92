/** How long somebody may wait without a word, in milliseconds. */
const SILENT = 1000;

/** Says after a second that others are waited for; to be cleared when they no longer are. */
export const sayWaiting = (notice: (text: string) => void): NodeJS.Timeout =>
  setTimeout(() => notice("Waiting for another process that writes to the database…"), SILENT);

/** What a write keeps others from: its file has one writer at a time. */
export const HOLDING =
  "Until this ends, a Kamailio on the same file can't write: phones can't register.";

/** Says so after a second, where it was not known before; to be cleared at the write's end. */
export const sayHolding = (notice: (text: string) => void): NodeJS.Timeout =>
  setTimeout(() => notice(HOLDING), SILENT);
