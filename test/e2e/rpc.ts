import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

// Node has no unix datagram sockets. Perl is on every Debian. An autobound socket has an abstract
// address: no reply file to clean up, and Kamailio needs no permission to answer it.
const exchange = `
  use Socket;
  $SIG{ALRM} = sub { die "no answer\\n" };
  alarm 5;
  socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!\\n";
  bind($socket, pack("S", AF_UNIX)) or die "bind: $!\\n";
  connect($socket, sockaddr_un($ARGV[0])) or die "connect: $!\\n";
  send($socket, do { local $/; <STDIN> }, 0) or die "send: $!\\n";
  defined(recv($socket, my $answer, 65536, 0)) or die "recv: $!\\n";
  print $answer;
`;

/** One JSON-RPC call to Kamailio's datagram socket. Throws what Kamailio calls an error. */
export async function rpc(socket: string, method: string, params: unknown[] = []) {
  const child = spawn("perl", ["-e", exchange, socket], { stdio: "pipe" });
  child.stdin.on("error", () => {}); // perl may have given up before it reads
  child.stdin.end(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (stdout === "") throw new Error(`Kamailio RPC ${method}: ${stderr.trim()}`);
  const answer = JSON.parse(stdout) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(`Kamailio RPC ${method}: ${answer.error.message}`);
  return answer.result;
}
