/** From evidence to cause: pure functions over recorded exchanges. */
package dev.mcppreflight.conformance.diagnosis;
