package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.fault.mcp.Rpc;
import java.util.Optional;

/**
 * What the parts of one HTTP server share.
 *
 * @param rpc what answers messages, deviation included
 */
public record Site(int port, Optional<String> credential, Sessions sessions, Rpc rpc) {}
