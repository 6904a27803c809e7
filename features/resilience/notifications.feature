@sse @streamable @stdio
Feature: An odd notification does no harm

  Nobody waits for an answer to it; nobody should lose a session by it.

  Background:
    Given a target that opens a session

  @MCP-CANCEL-017 @should @since-2024-11-05
  Scenario: A cancellation without a request id does no harm
    When a new client sends a cancellation without a request id
    Then the target goes on serving
