@sse @streamable
Feature: Nonsense does no harm

  Models, proxies and scanners send nonsense; a server that falls over takes all its users with it.

  Background:
    Given a target that opens a session

  @MCP-BASE-018 @should @since-2024-11-05
  Scenario: Text that is not JSON is refused
    When a new client sends text that is not JSON
    Then it gets the error parse error or a refusal
    And the target goes on serving

  @MCP-BASE-019 @should @since-2024-11-05
  Scenario: JSON that is no message is refused
    When a new client sends JSON that is not JSON-RPC
    Then it gets a refusal
    And the target goes on serving

  @MCP-BASE-031 @should @since-2024-11-05
  Scenario: A message of JSON-RPC 1.0 is refused
    When a new client sends a message of JSON-RPC 1.0
    Then it gets a refusal
    And the target goes on serving

  @MCP-BASE-020 @should @since-2024-11-05
  Scenario: A request with null as id is refused
    When a new client sends a ping with null as id
    Then it gets a refusal
    And the target goes on serving
