const SHORTEST = 8;

/** The first that anybody tries, in lower case. */
const COMMON = ["password", "passwort", "secret", "changeme", "letmein", "qwert", "asdf", "admin"];

/** Why a password is easily guessed; undefined where it is not. `names` are those of its owner. */
export function weakness(password: string, names: readonly string[] = []): string | undefined {
  const lower = password.toLowerCase();
  if (password.length < SHORTEST) return `it is shorter than ${SHORTEST} characters`;
  if (/^\d+$/.test(password)) return "it is digits alone";
  if (new Set(lower).size < SHORTEST / 2) return "it is a few characters over and over";
  if (COMMON.some((word) => lower.includes(word))) return "it is one of the first that are tried";
  const known = names.find((name) => name.length > 2 && lower.includes(name.toLowerCase()));
  return known === undefined ? undefined : `${known} stands in it`;
}
