/** Servers that are right in everything but one thing; they prove that every check can fail. */
package dev.mcppreflight.conformance.fault;
