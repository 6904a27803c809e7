package dev.mcppreflight.conformance.wire;

/**
 * When the phases of an exchange ended, in milliseconds from its start; -1 for a phase that was not reached or not seen.
 *
 * @param connected the TCP connection stood
 * @param secured the TLS handshake was done
 * @param firstByte the first octet of the answer
 * @param headers the end of the answer's headers
 * @param firstEvent the first server-sent event
 * @param end the end of the exchange
 */
public record Timings(long connected, long secured, long firstByte, long headers, long firstEvent, long end) {}
