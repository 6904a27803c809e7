package dev.mcppreflight.conformance.target;

/**
 * Where a name leads in place of what the resolver of this machine says, as for {@code curl --resolve}.
 *
 * @param host the name, in lower case
 * @param port the port of the address that is checked
 * @param address an IPv4 or IPv6 address to connect to, without brackets
 * @param toPort the port to connect to
 */
public record Resolution(String host, int port, String address, int toPort) {}
