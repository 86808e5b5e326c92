/** What other tools call a command: kamctl, kamcli, gh, git and the shell. The first that a family has is meant. */
export const VERBS = table([
  [
    ["add", "create", "new"],
    ["add", "add-local", "add-user", "add-range"],
  ],
  [
    ["del", "delete", "erase", "rm"],
    ["remove", "remove-user"],
  ],
  [
    ["cat", "info", "show", "view"],
    ["show", "get", "get-user", "list"],
  ],
  [
    ["find", "ls", "search"],
    ["list", "list-users"],
  ],
  [
    ["password", "passwd", "pw"],
    ["change-pw", "change-password", "update-user"],
  ],
  [
    ["change", "edit", "modify", "set"],
    ["set", "update", "set-servers", "update-user"],
  ],
  [["contacts", "online", "ul"], ["location"]],
]);

/** What else people call the things that Hermes manages. */
export const THINGS = table([
  [["account", "accounts", "subscriber", "subscribers"], ["user"]],
  [["device", "devices", "mac"], ["phone"]],
  [["did", "dids", "pool", "range"], ["numbers"]],
  [["acl", "grp"], ["permission"]],
  [["operator", "operators"], ["auth"]],
]);

function table(
  rows: readonly (readonly [words: readonly string[], meant: readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(rows.flatMap(([words, meant]) => words.map((word) => [word, meant] as const)));
}
