const LIKE_ESCAPE = "|";

/**
 * A search term as an SQL LIKE pattern with `|` as its escape character. With `*` or `?` it is a
 * glob over the whole value, without them it matches anywhere in it; `%`, `_` and `\` are ordinary.
 */
export function likePattern(search: string): string {
  const literal = search.replace(/[%_|]/g, (character) => LIKE_ESCAPE + character);
  if (!/[*?]/.test(search)) return `%${literal}%`;
  return literal.replaceAll("*", "%").replaceAll("?", "_");
}
