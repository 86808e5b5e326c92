/** How long somebody may wait without a word, in milliseconds. */
const SILENT = 1000;

/** Says after a second that others are waited for; to be cleared when they no longer are. */
export const sayWaiting = (notice: (text: string) => void): NodeJS.Timeout =>
  setTimeout(() => notice("Waiting for another process that writes to the database…"), SILENT);
