/** Where SIP is spoken unless said otherwise (RFC 3261 19.1.2: UDP and TCP). */
export const SIP_PORT = 5060;
