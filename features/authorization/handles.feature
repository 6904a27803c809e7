@streamable
Feature: A handle opens nothing to others

  Without sessions, tools give out handles of what they keep between calls. Who comes upon one is not its owner by that.

  Background:
    Given a target that speaks 2026-07-28
    And a target that gives out handles

  @MCP-SEC-007 @must @since-2026-07-28
  Scenario: A handle is no credential
    Given a target that lets the given credentials in
    When a client without credentials sends a call with the handle of another
    Then it gets nothing of another

  @MCP-SEC-008 @should @since-2026-07-28
  Scenario: Handles cannot be guessed
    When 5 requests at once ask for a handle
    Then it gets handles that cannot be guessed

  @MCP-SEC-009 @should @since-2026-07-28
  Scenario: A handle belongs to its user
    Given a target that lets the given credentials in
    When another user sends a call with the handle of another
    Then it gets nothing of another
