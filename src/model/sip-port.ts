/** Where SIP is spoken unless something else is said (RFC 3261 19.1.2). */
export const SIP_PORT = 5060;
