import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

// A port is only bound some time after it was handed out, so the same one must not go out twice.
const handedOut = new Set<number>();

/** A loopback port that nobody uses at the moment, by TCP or by UDP (SIP servers want both). */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const usable = !handedOut.has(port) && (await udpIsFree(port));
    server.close();
    await once(server, "close");
    if (usable) {
      handedOut.add(port);
      return port;
    }
  }
  throw new Error("No free port found on 127.0.0.1");
}

async function udpIsFree(port: number): Promise<boolean> {
  const socket = createSocket("udp4");
  try {
    socket.bind(port, "127.0.0.1");
    await once(socket, "listening");
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
