@sse @streamable @stdio
Feature: What was declared works, and what was not is refused

  Capabilities are a promise. Clients use what was declared and nothing else.

  Background:
    Given a target that opens a session

  @MCP-PING-001 @also-MCP-WIRE-011 @must @since-2024-11-05 @until-2025-11-25
  Scenario: A ping is answered by an empty result
    When a client sends a ping
    Then it gets an empty result

  @MCP-LIFE-013 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Tools that were not declared are not there
    Given a target that declares no tools
    When a client sends a request for the tools
    Then it gets an error

  @MCP-RES-028 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Resources that were not declared are not there
    Given a target that declares no resources
    When a client sends a request for the resources
    Then it gets an error

  @MCP-PROMPT-018 @should @since-2024-11-05
  Scenario: Prompts that were not declared are not there
    Given a target that declares no prompts
    When a client sends a request for the prompts
    Then it gets an error

  @MCP-COMPL-007 @should @since-2025-03-26
  Scenario: Completion that was not declared is not found
    Given a target that declares no completions
    When a client sends a completion request
    Then it gets the error method not found

  @MCP-LOG-022 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Logging that was not declared is refused
    Given a target that declares no logging
    When a client sends a request to log from warning on
    Then it gets an error

  @MCP-LOG-002 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A log level can be set
    Given a target that offers logging
    When a client sends a request to log from warning on
    Then it gets an empty result

  @MCP-LOG-005 @should @since-2024-11-05 @until-2025-11-25
  Scenario: An unknown log level is refused
    Given a target that offers logging
    When a client sends a request to log from an unknown level on
    Then it gets the error invalid params
