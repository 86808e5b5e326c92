// Digits, `?` for one of them, and at the end `*` for any that follow.
const NUMBER_GLOB = /^\+?[0-9?]+\*?$/;

/** Whether the text names numbers as the configuration does: `112`, `18??`, `+4782*`. */
export function isNumberGlob(text: string): boolean {
  return NUMBER_GLOB.test(text);
}

/** `+4782*` → `[+]4782[0-9]*`: the same as a regular expression for JavaScript and POSIX alike. */
export function numberGlobPattern(glob: string): string {
  return glob.replace("+", "[+]").replaceAll("*", "[0-9]*").replaceAll("?", "[0-9]");
}
