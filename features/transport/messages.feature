@sse @streamable @stdio
Feature: Messages arrive whole

  Whatever the transport, what arrives is one JSON-RPC message, readable as it is.

  Background:
    Given a target that can be reached

  @MCP-BASE-001 @also-MCP-BASE-004 @must @since-2024-11-05
  Scenario: The answer to initialize is a well-formed message
    When a client initializes
    Then it gets a well-formed JSON-RPC message

  @MCP-BASE-005 @must @since-2024-11-05
  Scenario: An answer never carries result and error together
    When a client initializes
    Then it gets a result or an error, never both

  @MCP-TRANS-001 @must @since-2025-03-26
  Scenario: Messages are UTF-8
    Given a target that declares tools
    When a client sends a request for the tools
    Then it gets text in UTF-8
