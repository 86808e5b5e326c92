import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server on loopback that counts, and can be made longer. */
export interface Distance {
  readonly port: number;
  /**
   * Round trips so far, of all connections: one for opening it, and one each time the client speaks
   * after the server has spoken, its log-in and its goodbye included.
   */
  readonly roundTrips: number;
  /** Starts the count again. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Opens a way to a port on loopback. `milliseconds` is what every round trip takes longer: it is
 * all spent on the way to the server, and on opening a connection.
 */
export async function openDistance(to: number, milliseconds = 0): Promise<Distance> {
  let roundTrips = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay().on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    roundTrips++;
    const later = (step: () => void) => {
      if (milliseconds === 0) step();
      else setTimeout(step, milliseconds);
    };
    later(() => {
      const remote = connect(to, "127.0.0.1");
      keep(remote);
      let serverSpoke = false;
      client.on("data", (data) => {
        if (serverSpoke) roundTrips++;
        serverSpoke = false;
        later(() => forward(data, client, remote));
      });
      remote.on("data", (data) => {
        serverSpoke = true;
        forward(data, remote, client);
      });
      client.once("end", () => later(() => remote.end()));
      remote.once("end", () => client.end());
      client.once("close", () => later(() => remote.destroy()));
      remote.once("close", () => client.destroy());
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    get roundTrips() {
      return roundTrips;
    },
    reset() {
      roundTrips = 0;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}

/** Passes data on, and reads no more of it than the other side takes. */
function forward(data: Buffer, from: Socket, to: Socket): void {
  if (to.destroyed || to.write(data)) return;
  from.pause();
  to.once("drain", () => from.resume());
}
