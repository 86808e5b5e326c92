/** mysql2's reader of packets, as far as it is used here. */
interface PacketReader {
  execute(chunk: Buffer): void;
}

/** What of a mysql2 connection is used here. */
export interface PacketConnection {
  packetParser: PacketReader;
  /** The number that the next packet has. */
  sequenceId: number;
}

/** What stands before a packet's content: three bytes of length, one of its number. */
const HEADER = 4;

/** Lengths from here on take more bytes, and some of these say NULL, the end, or an error. */
const LONG = 0xfb;

/** Nothing above it is ASCII. */
const ASCII = 0x7f;

/**
 * Stands before mysql2's reader of packets and makes the rows of a single short text itself, straight
 * from the bytes: a million of them take 0.1 s, where mysql2 takes 0.3 s (a call, an event and an
 * array each). All else goes on to mysql2, a packet at a time. It leaves when nobody needs it.
 * The form: https://mariadb.com/kb/en/result-set-packets/#resultset-row
 */
export class TextRows implements PacketReader {
  private readonly mysql2: PacketReader;
  /** The beginning of a packet whose end has not come yet. */
  private begun: Buffer | undefined;
  /** Statements of which rows are still to come. */
  private expected = 0;
  private take: ((texts: string[]) => void) | undefined;

  private constructor(private readonly connection: PacketConnection) {
    this.mysql2 = connection.packetParser;
    connection.packetParser = this;
  }

  /** The one before a connection's reader, for a statement that is sent next. */
  static before(connection: PacketConnection): TextRows {
    const { packetParser } = connection;
    const rows = packetParser instanceof TextRows ? packetParser : new TextRows(connection);
    rows.expected++;
    return rows;
  }

  /** A statement's columns have been named: from here on its rows may come. */
  begin(take: (texts: string[]) => void): void {
    this.take = take;
  }

  /** No more rows of that statement come. */
  end(): void {
    this.take = undefined;
    this.expected--;
  }

  execute(chunk: Buffer): void {
    let bytes = chunk;
    if (this.begun !== undefined) bytes = Buffer.concat([this.begun, chunk]);
    this.begun = undefined;
    let at = 0;
    while (this.expected > 0) {
      if (this.take !== undefined) at = this.rows(bytes, at, this.take);
      const end = at + HEADER > bytes.length ? Infinity : at + HEADER + bytes.readUIntLE(at, 3);
      if (end > bytes.length) {
        this.begun = bytes.subarray(at);
        return;
      }
      // It has not seen the packets between.
      if (this.take !== undefined) this.connection.sequenceId = bytes[at + 3] as number;
      this.mysql2.execute(bytes.subarray(at, end));
      at = end;
    }
    this.connection.packetParser = this.mysql2;
    if (at < bytes.length) this.mysql2.execute(bytes.subarray(at));
  }

  /** Takes the rows that begin at a place. Answers where something else does. */
  private rows(bytes: Buffer, from: number, take: (texts: string[]) => void): number {
    const texts: string[] = [];
    let all = "";
    let at = from;
    while (at + HEADER < bytes.length) {
      const length = bytes[at + HEADER] as number;
      const begin = at + HEADER + 1;
      const end = begin + length;
      // A packet that holds this text and no more: of so few bytes one says how many.
      const isRow = bytes[at] === length + 1 && bytes[at + 1] === 0 && bytes[at + 2] === 0;
      if (!isRow || length >= LONG || end > bytes.length) break;
      // Cutting pieces out of one text is far quicker than decoding each.
      if (all === "") all = bytes.toString("latin1", from);
      let highest = 0;
      for (let byte = begin; byte < end; byte++) highest |= bytes[byte] as number;
      texts.push(
        highest > ASCII
          ? bytes.toString("utf8", begin, end)
          : all.substring(begin - from, end - from),
      );
      at = end;
    }
    if (texts.length > 0) take(texts);
    return at;
  }
}
