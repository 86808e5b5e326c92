import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";

/** More are not looked at: a slip is found among these or not at all. */
const CANDIDATES = 200;
const DOMAINS = 1000;

/** Names like one that is not there, for whoever has slipped. */
export class NearNames {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** User parts of accounts in the domain, of about the length and with the same beginning. */
  async accounts({ username, domain }: SipAddress): Promise<string[]> {
    const begin = username.slice(0, Math.max(1, Math.floor(username.length / 2)));
    const [local, provisioned] = await Promise.all([
      this.beginning(this.kamailio, "subscriber", begin, domain, username.length),
      this.beginning(this.provisioning, "users", begin, domain, username.length),
    ]);
    return [...local, ...provisioned];
  }

  /** Kamailio's domains of about the length. */
  async domains({ length }: string): Promise<string[]> {
    const rows = await this.kamailio.rows<{ domain: string }>(
      `SELECT domain FROM ${this.kamailio.name("domain")}
       WHERE LENGTH(domain) BETWEEN ? AND ? LIMIT ${DOMAINS}`,
      [length - 2, length + 2],
    );
    return rows.map(({ domain }) => domain.toLowerCase());
  }

  /** By the index: each engine has its own words for a beginning that it finds there. */
  private async beginning(
    schema: Schema,
    table: string,
    begin: string,
    domain: string,
    length: number,
  ): Promise<string[]> {
    const [condition, pattern] =
      schema.kind === "mysql"
        ? ["username LIKE ? ESCAPE '|'", begin.replace(/[%_|]/g, "|$&").concat("%")]
        : ["username GLOB ?", begin.replace(/[*?[]/g, "[$&]").concat("*")];
    const rows = await schema.rows<{ username: string }>(
      `SELECT username FROM ${schema.name(table)}
       WHERE ${condition} AND domain = ? AND LENGTH(username) BETWEEN ? AND ? LIMIT ${CANDIDATES}`,
      [pattern, domain, length - 1, length + 1],
    );
    return rows.map(({ username }) => username);
  }
}
