@crowd @sse @streamable
Feature: A crowd is served or told that there is no room

  Hosted clients come in numbers, stay without a word and go without one. A server that gives each a thread or keeps each for
  ever works on the first day. Nobody sends a crowd where the operator has not asked for it.

  Background:
    Given a target that opens a session
    And a target that may be visited by a crowd

  @MCP-LOAD-001 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Idle streams hold nobody up
    When a crowd opens streams and falls silent
    Then it gets an answer beside streams that all stay open

  @MCP-LOAD-002 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Requests before initialize hold nobody up
    When a crowd asks before it initializes
    Then it gets an answer in HTTP

  @MCP-LOAD-003 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Who finds no room is told so
    When a crowd comes and stays
    Then it gets a session, or a refusal for want of room

  @MCP-LOAD-004 @should @since-2024-11-05 @until-2025-11-25
  Scenario: Clients that vanish leave their places to others
    When a crowd comes and goes without a good-bye
    Then it gets a result
