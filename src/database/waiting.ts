/** How long somebody may wait without a word, in milliseconds. */
const SILENT = 1000;

/** Says after a second that others are waited for; to be cleared when they no longer are. */
export const sayWaiting = (notice: (text: string) => void): NodeJS.Timeout =>
  setTimeout(() => notice("Waiting for another process that writes to the database…"), SILENT);

/** Says after a second that a write keeps others from the file, a Kamailio among them; to be cleared at its end. */
export const sayHolding = (notice: (text: string) => void): NodeJS.Timeout =>
  setTimeout(
    () =>
      notice("Until this ends, a Kamailio on the same file can't write: phones can't register."),
    SILENT,
  );
