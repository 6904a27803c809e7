package dev.mcppreflight.conformance.fault;

import java.util.Optional;

/**
 * What the parts of one HTTP server share.
 *
 * @param rpc what answers messages, deviation included
 */
record Site(int port, Optional<String> credential, Sessions sessions, Rpc rpc) {}
