/** A small MCP server that does everything right, whatever transport brings it its messages. */
package dev.mcppreflight.conformance.fault.mcp;
