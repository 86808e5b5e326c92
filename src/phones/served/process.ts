import { readFileSync } from "node:fs";

/**
 * Who a process is: its number, and where the system tells (Linux, proc(5)) when it started, as
 * numbers are given out again. Undefined where it has ended, even if nobody has asked for its end yet.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isThere(pid)) return undefined;
  const [state, started] = status(pid);
  return state === "Z" || state === "X" ? undefined : [pid, started ?? ""].join(" ").trim();
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Fields 3 and 22 of `/proc/<pid>/stat`; the second, a name between brackets, may hold anything. */
function status(pid: number): [state?: string, started?: string] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [fields[0] ?? "", fields[19] ?? ""];
  } catch {
    return [];
  }
}
