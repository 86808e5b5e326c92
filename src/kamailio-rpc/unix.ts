import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { PATIENCE, type Transport } from "./transport";

// Node has no unix datagram sockets; perl is on every Debian, and python3 wherever Kamailio's tools
// are. An autobound socket has an abstract address: there is no reply file to clean up, and Kamailio
// needs no permission to answer it.
const SECONDS = PATIENCE / 1000;

const PERL = `
  use Socket;
  $SIG{ALRM} = sub { die "no answer\\n" };
  alarm ${SECONDS};
  socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "$!\\n";
  bind($socket, pack("S", AF_UNIX)) or die "$!\\n";
  connect($socket, sockaddr_un($ARGV[0])) or die "$!\\n";
  send($socket, do { local $/; <STDIN> }, 0) or die "$!\\n";
  defined(recv($socket, my $answer, 262144, 0)) or die "$!\\n";
  print $answer;
`;

const PYTHON = `
import socket, sys
try:
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.settimeout(${SECONDS})
    s.bind("")
    s.connect(sys.argv[1])
    s.send(sys.stdin.buffer.read())
    sys.stdout.buffer.write(s.recv(262144))
except socket.timeout:
    sys.exit("no answer")
except OSError as error:
    sys.exit(error.strerror)
`;

const HELPERS: readonly (readonly [command: string, ...args: string[]])[] = [
  ["perl", "-e", PERL],
  ["python3", "-c", PYTHON],
];

/** jsonrpcs' datagram socket, by a short-lived child process. */
export function unixDatagram(path: string): Transport {
  return async (request) => {
    for (const [command, ...args] of HELPERS) {
      const answer = await exchange(command, [...args, path], request);
      if (answer !== undefined) return answer;
    }
    throw new Error("a unix datagram socket needs perl or python3, and there is neither");
  };
}

/** What the child prints, or undefined where there is no such program. */
async function exchange(command: string, args: string[], request: string) {
  const child = spawn(command, args, { stdio: "pipe" });
  child.stdin.on("error", () => {}); // it may have given up before it reads
  child.stdin.end(request);
  try {
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    if (stdout === "") throw new Error(stderr.trim() || "no answer");
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
