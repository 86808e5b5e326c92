import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** What a phone has registered with. */
export interface Registered {
  /** The From field, as it came. */
  readonly from: string;
  readonly authUser: string;
  /** Whether the digest (RFC 2617, without qop) is the one of that password. */
  proves(password: string): boolean;
}

const REALM = "example.org";

/** A registrar that asks everybody for a digest, takes whatever comes, and notes it. */
export async function startRegistrar() {
  const socket = createSocket("udp4");
  const registered = new Map<string, Registered>();
  socket.on("message", (data, peer) => {
    const message = data.toString();
    const field = (name: string) => new RegExp(`^${name}: *(.*?)\r$`, "im").exec(message)?.[1];
    const [method = ""] = message.split(" ");
    const authorization = field("Authorization");
    const from = field("From") ?? "";
    if (authorization !== undefined) {
      const user = /<sip:([^@>]*)@/.exec(from)?.[1] ?? "";
      registered.set(user, { from, ...readDigest(authorization, method) });
    }
    const known = authorization !== undefined;
    const answer = [
      known ? "SIP/2.0 200 OK" : "SIP/2.0 401 Unauthorized",
      ...["Via", "From", "Call-ID", "CSeq"].map((name) => `${name}: ${field(name)}`),
      `To: ${field("To")};tag=registrar`,
      known
        ? `Contact: ${field("Contact")}`
        : `WWW-Authenticate: Digest realm="${REALM}", nonce="${randomBytes(8).toString("hex")}"`,
      ...["Content-Length: 0", "", ""],
    ];
    socket.send(answer.join("\r\n"), peer.port, peer.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: (socket.address() as AddressInfo).port,
    registered,
    stop: () => socket.close(),
  };
}

function readDigest(authorization: string, method: string) {
  const value = (name: string) =>
    new RegExp(`\\b${name}="?([^",]*)`).exec(authorization)?.[1] ?? "";
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const authUser = value("username");
  return {
    authUser,
    proves: (password: string) =>
      md5(
        `${md5(`${authUser}:${REALM}:${password}`)}:${value("nonce")}:${md5(`${method}:${value("uri")}`)}`,
      ) === value("response"),
  };
}
