/**
 * How much of an input is taken. The longest value that any table holds is 255 characters, and the
 * longest request has some thirty of them: what is beyond these limits is no request, and is refused
 * before anything else looks at it.
 */

/** A line of a batch or an import, a CSV row, a file of parameters, in bytes: thirty values, each character as `\uXXXX`. */
export const LINE_MAX = 100_000;

/** Objects and lists within each other in a JSON value: a request needs four. */
export const DEPTH_MAX = 20;

/** Columns of an import: the widest kind has some twenty. */
export const COLUMNS_MAX = 100;

/** A secret's line on standard input, in bytes: no password or key comes near. */
export const SECRET_LINE_MAX = 4_096;

/** A word of the command line: a path (PATH_MAX of Linux is 4096) behind its flag's name. */
export const WORD_MAX = 8_192;
