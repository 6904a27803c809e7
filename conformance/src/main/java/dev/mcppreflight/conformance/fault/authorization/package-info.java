/** Who may come in: keys, tokens, and an OAuth authorization server that gives them out. */
package dev.mcppreflight.conformance.fault.authorization;
