@streamable @stdio
Feature: A subscription begins with what it is about

  subscriptions/listen takes the place of the listening stream: its answer is a stream that stays open.

  Background:
    Given a target that speaks 2026-07-28

  @MCP-SUB-002 @also-MCP-SUB-003 @must @since-2026-07-28
  Scenario: The acknowledgement comes first
    When a client sends a subscription to all changes
    Then it gets an acknowledgement before all else

  @MCP-SUB-004 @must @since-2026-07-28
  Scenario: The acknowledgement names its subscription
    When a client sends a subscription to all changes
    Then it gets the id of the subscription in it

  @MCP-SUB-005 @should @since-2026-07-28
  Scenario: No more is acknowledged than was asked for
    When a client sends a subscription to all changes
    Then it gets no more than was asked for

  @MCP-SUB-007 @should @since-2026-07-28
  Scenario: Several subscriptions are told apart
    When 2 requests at once ask for a subscription to all changes
    Then it gets the id of the subscription in it
