import { DOMAIN } from "./site";

/** A line of a batch. */
export interface Request {
  readonly node: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export const addLocal = (index: number): Request => ({
  node: "user/add_local",
  params: {
    user: `user${index}@${DOMAIN}`,
    displayname: `User ${index}`,
    email: `user${index}@mail.example`,
  },
});

/** The requests for so many accounts as a batch reads them. */
export function requestLines(accounts: number, requestsFor: (index: number) => Request[]): string {
  const requests = Array.from({ length: accounts }, (_, index) => requestsFor(index)).flat();
  return requests.map((request) => `${JSON.stringify(request)}\n`).join("");
}

/** The same accounts as `addLocal` makes them, as an import reads them. */
export function accountsCsv(count: number): string {
  const rows = Array.from({ length: count }, (_, index) =>
    Object.values(addLocal(index).params).join(","),
  );
  return `user,displayname,email\n${rows.join("\n")}\n`;
}
