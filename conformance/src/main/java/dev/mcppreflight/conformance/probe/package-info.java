/** Raw requests over HTTP, event streams and standard streams: exactly these bytes, no cleverness, no retries. */
package dev.mcppreflight.conformance.probe;
