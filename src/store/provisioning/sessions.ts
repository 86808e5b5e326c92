import type { Schema } from "../../database/schema";
import type { AccessLevel } from "../../model/access";

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
  /** Whose it is; null for an API key that no operator made. */
  readonly operatorId: string | null;
  /** The API key that it was opened with. */
  readonly apiKeyId: string | null;
}

/** A session with what its operator and its API key are now. */
export interface LiveSession extends Session {
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
    const [row] = await this.schema.rows<LiveRow>(
      `SELECT s.digest, s.key_digest, s.key_expires, s.expires, s.operator_id, s.api_key_id,
              o.username, o.enabled, o.?? AS is_full, o.access AS operator_access,
              k.access AS key_access, k.host
       FROM ?? AS s LEFT JOIN ?? AS o ON o.id = s.operator_id LEFT JOIN ?? AS k ON k.id = s.api_key_id
       WHERE s.digest = ?`,
      [
        "full",
        this.schema.qualified(TABLE),
        this.schema.qualified("operators"),
        this.schema.qualified("api_keys"),
        digest,
      ],
    );
    return row === undefined ? undefined : shape(row);
  }

  async insert(session: Session): Promise<void> {
    await this.schema.table(TABLE).insert({
      digest: session.digest,
      key_digest: session.keyDigest,
      key_expires: session.keyExpires,
      expires: session.expires,
      operator_id: session.operatorId,
      api_key_id: session.apiKeyId,
    });
  }

  /** Puts a new auth_key in the place of the old one; answers whether that one still held. */
  async renew(session: Session, keyDigest: string, keyExpires: number): Promise<boolean> {
    const changed = await this.schema
      .table<LiveRow>(TABLE)
      .where({ digest: session.digest, key_digest: session.keyDigest })
      .update({ key_digest: keyDigest, key_expires: keyExpires });
    return changed > 0;
  }

  async remove(digest: string): Promise<void> {
    await this.schema.table(TABLE).where({ digest }).delete();
  }

  /** Ends an operator's sessions, all but the one that does it. */
  async removeOfOperator(operatorId: string, but = ""): Promise<void> {
    await this.schema
      .table(TABLE)
      .where({ operator_id: operatorId })
      .whereNot({ digest: but })
      .delete();
  }

  async removeOfApiKey(id: string): Promise<void> {
    await this.schema.table(TABLE).where({ api_key_id: id }).delete();
  }

  async removeExpired(now: number): Promise<void> {
    // Looked for first: a range that is deleted from is locked, even an empty one.
    const expired = () => this.schema.table<LiveRow>(TABLE).where("expires", "<=", now);
    if ((await expired().first("digest")) !== undefined) await expired().delete();
  }
}

function shape(row: LiveRow): LiveSession {
  const { username, operator_access, key_access, host } = row;
  return {
    digest: row.digest,
    keyDigest: row.key_digest,
    keyExpires: Number(row.key_expires),
    expires: Number(row.expires),
    operatorId: row.operator_id,
    apiKeyId: row.api_key_id,
    operator:
      username === null || operator_access === null
        ? undefined
        : {
            username,
            enabled: Boolean(row.enabled),
            full: Boolean(row.is_full),
            access: operator_access,
          },
    apiKey: key_access === null || host === null ? undefined : { access: key_access, host },
  };
}
