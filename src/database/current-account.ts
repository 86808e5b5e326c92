import type { Connection } from "./connection";

/** The account that a MySQL login comes out as, its parts as the server has them: `hermes`, `localhost`. */
export async function currentAccount(
  connection: Connection,
): Promise<{ readonly user: string; readonly host: string }> {
  const { rows } = await connection.run<{ account: string }>("SELECT CURRENT_USER() AS account");
  const account = rows[0]?.account ?? "@%";
  const at = account.lastIndexOf("@");
  return { user: account.slice(0, at), host: account.slice(at + 1) };
}
