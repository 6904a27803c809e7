/** The real MCP client, with all quirks of its SDK kept in here. */
package dev.mcppreflight.conformance.client;
