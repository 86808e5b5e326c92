import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that asks whoever logs in for the password itself, without TLS. */
export interface PasswordThief {
  readonly port: number;
  /** What clients have said, packet by packet, without the log-in that each begins with. */
  readonly heard: Buffer[];
  close(): Promise<void>;
}

const FULL_AUTHENTICATION = Buffer.from([0x01, 0x04]);

/**
 * Speaks as much of MySQL's protocol as it takes to have a client's password encrypted by its own
 * key: the log-in, a switch to the plugin, a wish for full authentication, and the key.
 */
export async function startPasswordThief(
  plugin: "caching_sha2_password" | "sha256_password",
  publicKey: string,
): Promise<PasswordThief> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    const answers = [
      Buffer.concat([Buffer.from([0xfe]), text(plugin), text("s".repeat(20))]),
      ...(plugin === "caching_sha2_password" ? [FULL_AUTHENTICATION] : []),
      Buffer.concat([Buffer.from([0x01]), Buffer.from(publicKey)]),
    ];
    let sequence = 0;
    const send = (payload: Buffer) => {
      const head = Buffer.alloc(4);
      head.writeUIntLE(payload.length, 0, 3);
      head[3] = sequence;
      socket.write(Buffer.concat([head, payload]));
    };
    send(greeting(plugin));
    let loggedIn = false;
    socket.on("data", (data) => {
      sequence = (data[3] ?? 0) + 1;
      if (loggedIn) heard.push(data.subarray(4));
      loggedIn = true;
      const answer = answers.shift();
      if (answer === undefined) socket.end();
      else send(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const text = (value: string) => Buffer.from(`${value}\0`);

/** Protocol::HandshakeV10 of a server that offers no TLS. */
function greeting(plugin: string): Buffer {
  const LOW = 0x0001 | 0x0200 | 0x2000 | 0x8000; // long password, 4.1, transactions, secure connection
  const HIGH = 0x0008; // log-ins by plugin
  const numbers = Buffer.alloc(8);
  numbers.writeUInt16LE(LOW, 0);
  numbers.writeUInt8(45, 2);
  numbers.writeUInt16LE(2, 3);
  numbers.writeUInt16LE(HIGH, 5);
  numbers.writeUInt8(21, 7);
  return Buffer.concat([
    Buffer.from([10]),
    text("8.0.36"),
    Buffer.from([1, 0, 0, 0]),
    text("s".repeat(8)),
    numbers,
    Buffer.alloc(10),
    text("s".repeat(12)),
    text(plugin),
  ]);
}
