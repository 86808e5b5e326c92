const PART = "[A-Za-z0-9+_-][A-Za-z0-9.+_-]*";

const PATH = new RegExp(`^${PART}(/${PART})*$`);

/** Whether it is a file's path within a folder, of names that need no quoting anywhere; none is hidden. */
export function isServedPath(path: string): boolean {
  return path.length <= 200 && PATH.test(path);
}

/** Whether the path is that phone's alone. */
export function isPathOf(path: string, mac: string): boolean {
  return path.toLowerCase().includes(mac);
}

/** The MAC addresses that a path may be about; what stands before one may be hex digits, too. */
export function macsIn(path: string): string[] {
  return [...path.toLowerCase().matchAll(/(?=([0-9a-f]{12}))/g)].map(([, mac = ""]) => mac);
}
