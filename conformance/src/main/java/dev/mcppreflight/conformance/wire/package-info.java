/** The evidence: what was sent and what came back, recorded once, redacted at creation. */
package dev.mcppreflight.conformance.wire;
