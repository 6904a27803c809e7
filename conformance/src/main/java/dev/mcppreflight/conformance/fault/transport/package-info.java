/** The healthy ways in: Streamable HTTP in its manners, HTTP+SSE, standard input and output. */
package dev.mcppreflight.conformance.fault.transport;
