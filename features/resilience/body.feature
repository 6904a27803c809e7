@streamable
Feature: An odd body does no harm

  Health checks and scanners send what is no message.

  Background:
    Given a target that opens a session

  @MCP-STREAM-049 @advisory @since-2025-03-26
  Scenario: An empty body is refused
    When a new client sends an empty body
    Then it gets the error parse error or a refusal
    And the target goes on serving
