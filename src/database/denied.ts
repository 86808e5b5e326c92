/** What is to be said where the server denies a right: which one, on what, and how it is granted. */
export function deniedDetail(words: string): string {
  const denied =
    /(?<right>[A-Z, ]+) command denied to user (?<user>'[^']*')@'[^']*' for table (?<table>\S+)/.exec(
      words,
    )?.groups;
  if (denied === undefined) return `The database refuses it: ${words}`;
  const { right, user, table = "" } = denied;
  const plain = table.replace(/[`']/g, "");
  return `The database does not let Hermes ${right} on ${plain}, so nothing was done. An administrator allows it: GRANT ${right} ON ${table.replaceAll("'", "`")} TO Hermes' database user ${user}`;
}
