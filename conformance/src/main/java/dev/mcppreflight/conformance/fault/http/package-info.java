/** A little HTTP server of our own, because what goes wrong has to go wrong byte by byte. */
package dev.mcppreflight.conformance.fault.http;
