import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Something that a client says to one of two servers, or is told by it. */
export interface Word {
  readonly side: "kamailio" | "provisioning";
  readonly to: "server" | "client";
  readonly text: string;
}

/** What becomes of a word: `drop` it, and whatever follows it on any connection. */
export type Fate = "pass" | "drop";

/** Ways to both servers, on which every word can be held, or be the last one. */
export interface Gates {
  /** The same environment, by way of the gates. */
  through(env: Readonly<Record<string, string>>): Record<string, string>;
  /** Asked of every word from now on, in turn. */
  watch(judge: (word: Word) => Fate | Promise<Fate>): void;
  close(): void;
}

export async function openGates(ports: Readonly<Record<Word["side"], number>>): Promise<Gates> {
  let judge: (word: Word) => Fate | Promise<Fate> = () => "pass";
  const sockets = new Set<Socket>();
  const open = async (side: Word["side"]): Promise<Server> => {
    const server = createServer((client) => {
      const remote = connect(ports[side], "127.0.0.1");
      const pass = (from: Socket, onward: Socket, to: Word["to"]) => {
        sockets.add(from);
        let turn = Promise.resolve();
        from.setNoDelay().on("error", () => {});
        from.on("data", (data) => {
          turn = turn.then(async () => {
            const fate = await judge({ side, to, text: data.toString("latin1") });
            if (fate === "pass" && onward.writable) onward.write(data);
          });
        });
        from.once("close", () => {
          sockets.delete(from);
          // What is held of a client that is gone never arrives.
          if (to === "server") onward.end();
          else turn.then(() => onward.destroy());
        });
      };
      pass(client, remote, "server");
      pass(remote, client, "client");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  const servers = { kamailio: await open("kamailio"), provisioning: await open("provisioning") };
  return {
    through(env) {
      const led = (url: string | undefined, side: Word["side"]) =>
        (url ?? "").replace(
          `:${ports[side]}/`,
          `:${(servers[side].address() as AddressInfo).port}/`,
        );
      return {
        ...env,
        HERMES_KAMAILIO_URL: led(env.HERMES_KAMAILIO_URL, "kamailio"),
        HERMES_PROVISIONING_URL: led(env.HERMES_PROVISIONING_URL, "provisioning"),
      };
    },
    watch(next) {
      judge = next;
    },
    close() {
      for (const server of Object.values(servers)) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Counts words from the first statement on, and answers which one it is; 0 before. */
export function counting(): (word: Word) => number {
  let count = 0;
  return ({ to, text }) => {
    if (count > 0 || (to === "server" && text.includes("SET SESSION"))) count++;
    return count;
  };
}
