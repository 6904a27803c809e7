/** The ways in which a server can be wrong, by the names that the files in fixtures/faults call them by. */
package dev.mcppreflight.conformance.fault.deviation;
