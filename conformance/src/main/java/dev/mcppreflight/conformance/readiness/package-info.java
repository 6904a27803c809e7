/** Whether each client will get on with the target: pure functions over what a run found. */
package dev.mcppreflight.conformance.readiness;
