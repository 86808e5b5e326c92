/** One SIP message out of a SIPp message trace. */
export interface SipMessage {
  direction: "sent" | "received";
  startLine: string;
  /** Header values by lower-case name; of a repeated header, the first. */
  headers: Map<string, string>;
}

/** Reads what SIPp writes with -trace_msg. */
export function parseTrace(text: string): SipMessage[] {
  const messages: SipMessage[] = [];
  const blocks = text.split(/^-{20,} .*$/m);
  for (const block of blocks) {
    const match = /UDP message (sent|received) [^\n]*\n\r?\n([\s\S]*)/.exec(block);
    if (!match) continue;
    const [head = ""] = (match[2] ?? "").split(/\r?\n\r?\n/);
    const [startLine = "", ...lines] = head.split(/\r?\n/);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).toLowerCase();
      if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
    }
    messages.push({ direction: match[1] as SipMessage["direction"], startLine, headers });
  }
  return messages;
}

/** What a request came to: the last final answer to it. */
export interface Outcome {
  status: number;
  reason: string;
  /** The URI in the Contact header of that answer. */
  contact?: string;
}

export function outcomeOf(method: string, messages: SipMessage[]): Outcome | undefined {
  for (const { direction, startLine, headers } of messages.toReversed()) {
    const match = /^SIP\/2\.0 ([2-6]\d\d) (.*)$/.exec(startLine);
    if (direction === "sent" || !match || !headers.get("cseq")?.endsWith(` ${method}`)) continue;
    const contact = /<([^>]+)>/.exec(headers.get("contact") ?? "")?.[1];
    return {
      status: Number(match[1]),
      reason: match[2] ?? "",
      ...(contact === undefined ? {} : { contact }),
    };
  }
  return undefined;
}
