/** What is examined. */
package dev.mcppreflight.conformance.target;
