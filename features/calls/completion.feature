@sse @streamable @stdio
Feature: Arguments can be completed

  Hosts ask while people type.

  Background:
    Given a target that offers completions

  @MCP-COMPL-002 @also-MCP-WIRE-010 @must @since-2024-11-05
  Scenario: Completion values are texts
    When a client sends a completion of a prompt argument
    Then it gets completion values that are texts

  @MCP-COMPL-003 @should @since-2024-11-05
  Scenario: At most 100 values are offered
    When a client sends a completion of a prompt argument
    Then it gets at most 100 completion values

  @MCP-COMPL-005 @should @since-2025-06-18
  Scenario: A context is accepted
    When a client sends a completion with a context
    Then it gets a result

  @MCP-COMPL-008 @should @since-2025-03-26
  Scenario: A completion for an unknown prompt is refused
    When a client sends a completion for an unknown prompt
    Then it gets the error invalid params

  @MCP-COMPL-009 @should @since-2025-03-26
  Scenario: A completion without an argument is refused
    When a client sends a completion without an argument
    Then it gets the error invalid params

  @MCP-COMPL-014 @must @since-2024-11-05
  Scenario: A completion of an unknown kind is refused
    When a client sends a completion of an unknown kind
    Then it gets a protocol error
