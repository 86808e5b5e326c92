import type { Schema } from "../../database/schema";
import type { AccessLevel } from "../../model/access";
import { deleteWith } from "../bulk/rows-at";

const TABLE = "sessions";

/** A session as it is stored: nothing that it could be continued with. */
export interface Session {
  /** SHA-256 of the session, hex. */
  readonly digest: string;
  /** SHA-256 of the auth_key that holds at present, hex. */
  readonly keyDigest: string;
  /** Unix seconds. */
  readonly keyExpires: number;
  /** Unix seconds. */
  readonly expires: number;
  /** When it was opened, in unix seconds. */
  readonly created: number;
  /** Whose it is; null for an API key that no operator made. */
  readonly operatorId: string | null;
  /** The API key that it was opened with. */
  readonly apiKeyId: string | null;
}

/** A session with what its operator and its API key are now. */
export interface LiveSession extends Session {
  /** The database's time when it was looked up, in unix seconds: what the session's times are held against. */
  readonly now: number;
  /** Undefined where the session has none, or where it is gone. */
  readonly operator:
    | {
        readonly username: string;
        readonly enabled: boolean;
        readonly full: boolean;
        readonly access: AccessLevel;
      }
    | undefined;
  readonly apiKey: { readonly access: AccessLevel; readonly host: string } | undefined;
}

interface LiveRow {
  digest: string;
  key_digest: string;
  key_expires: number;
  expires: number;
  created: number;
  now: number;
  operator_id: string | null;
  api_key_id: string | null;
  username: string | null;
  enabled: boolean | number | null;
  is_full: boolean | number | null;
  operator_access: AccessLevel | null;
  key_access: AccessLevel | null;
  host: string | null;
}

/** The provisioning table `sessions`. */
export class Sessions {
  constructor(private readonly schema: Schema) {}

  async find(digest: string): Promise<LiveSession | undefined> {
    const row = await this.schema.row<LiveRow>(
      `SELECT s.digest, s.key_digest, s.key_expires, s.expires, s.created, s.operator_id,
              s.api_key_id, ${this.schema.unixNow} AS now,
              o.username, o.enabled, o.\`full\` AS is_full, o.access AS operator_access,
              k.access AS key_access, k.host
       FROM ${this.name} AS s
       LEFT JOIN ${this.schema.name("operators")} AS o ON o.id = s.operator_id
       LEFT JOIN ${this.schema.name("api_keys")} AS k ON k.id = s.api_key_id
       WHERE s.digest = ?`,
      [digest],
    );
    return row === undefined ? undefined : shape(row);
  }

  async insert(session: Session): Promise<void> {
    await this.schema.changed(
      `INSERT INTO ${this.name}
       (digest, key_digest, key_expires, expires, created, operator_id, api_key_id)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[session.digest, session.keyDigest, session.keyExpires, session.expires],
        ...[session.created, session.operatorId, session.apiKeyId],
      ],
    );
  }

  /** Puts a new auth_key and new times in the place of the old ones; answers whether that key still held. */
  async renew(
    { digest, keyDigest }: Session,
    renewed: Pick<Session, "keyDigest" | "keyExpires" | "expires">,
  ): Promise<boolean> {
    const changed = await this.schema.changed(
      `UPDATE ${this.name} SET key_digest = ?, key_expires = ?, expires = ?
       WHERE digest = ? AND key_digest = ?`,
      [renewed.keyDigest, renewed.keyExpires, renewed.expires, digest, keyDigest],
    );
    return changed > 0;
  }

  async remove(digest: string): Promise<void> {
    await this.schema.changed(`DELETE FROM ${this.name} WHERE digest = ?`, [digest]);
  }

  /** Ends an operator's sessions, all but the one that does it. */
  async removeOfOperator(operatorId: string, but = ""): Promise<void> {
    await this.schema.changed(`DELETE FROM ${this.name} WHERE operator_id = ? AND digest <> ?`, [
      operatorId,
      but,
    ]);
  }

  async removeOfOperators(operatorIds: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "operator_id", operatorIds);
  }

  async removeOfApiKeys(ids: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "api_key_id", ids);
  }

  async removeExpired(): Promise<void> {
    await this.schema.changed(`DELETE FROM ${this.name} WHERE expires <= ${this.schema.unixNow}`);
  }

  private get name(): string {
    return this.schema.name(TABLE);
  }
}

function shape(row: LiveRow): LiveSession {
  const { username, operator_access, key_access, host } = row;
  return {
    digest: row.digest,
    keyDigest: row.key_digest,
    keyExpires: Number(row.key_expires),
    expires: Number(row.expires),
    created: Number(row.created),
    now: Number(row.now),
    operatorId: row.operator_id,
    apiKeyId: row.api_key_id,
    operator:
      username === null || operator_access === null
        ? undefined
        : {
            username,
            enabled: Boolean(Number(row.enabled)),
            full: Boolean(Number(row.is_full)),
            access: operator_access,
          },
    apiKey: key_access === null || host === null ? undefined : { access: key_access, host },
  };
}
