@streamable
Feature: Statuses say what became of a request

  Since 2026-07-28 a client learns from the status and the error together whether to go on, to ask otherwise or to fall back.

  Background:
    Given a target that speaks Streamable HTTP
    And a target that speaks 2026-07-28

  @MCP-META-009 @must @since-2026-07-28
  Scenario: A request without metadata is a bad request
    Given a target that declares tools
    When a client without metadata sends a request for the tools
    Then it gets the status bad request

  @MCP-VER-002 @must @since-2026-07-28
  Scenario: A revision that nobody knows is a bad request
    When a client of a revision that nobody knows sends a discovery
    Then it gets the status bad request

  @MCP-STREAM-035 @must @since-2026-07-28
  Scenario: An unknown method is not found
    When a client sends a request for an unknown method
    Then it gets the error method not found and its status

  @MCP-STREAM-036 @should @since-2026-07-28
  Scenario: A refusal repeats the id of its request
    When a client sends a request for an unknown method
    Then it gets the same id

  @MCP-STREAM-009 @must @since-2026-07-28
  Scenario: A notification is accepted without a body or refused
    When a client sends an unknown notification
    Then it gets acceptance without a body or a refusal

  @MCP-SUB-013 @should @since-2026-07-28
  Scenario: A subscription is a stream that stays open
    When a client sends a subscription to all changes
    Then it gets an event stream that stays open

  @MCP-STREAM-033 @should @since-2026-07-28
  Scenario: No proxy holds a stream back
    When a client sends a subscription to all changes
    Then it gets a stream that no proxy holds back

  @MCP-STREAM-045 @should @since-2026-07-28
  Scenario: There is no listening stream any more
    Given a target that speaks 2026-07-28 alone
    When a client sends a request for its event stream
    Then it gets the status method not allowed

  @MCP-STREAM-062 @should @since-2026-07-28
  Scenario: There is no session to end any more
    Given a target that speaks 2026-07-28 alone
    When a client sends the end of its session
    Then it gets the status method not allowed

  @MCP-STREAM-046 @should @since-2026-07-28
  Scenario: A session id is ignored, and none is given
    Given a target that speaks 2026-07-28 alone
    When a client with a session id of its own sends a discovery
    Then it gets a result without a session id

  @MCP-STREAM-047 @should @since-2026-07-28
  Scenario: The wish to resume is ignored
    Given a target that speaks 2026-07-28 alone
    When a client that resumes a stream sends a discovery
    Then it gets a result

  @MCP-VER-008 @should @since-2026-07-28
  Scenario: Initialize is an unknown method
    Given a target that speaks 2026-07-28 alone
    When a client sends an initialize request of the older revisions
    Then it gets the error method not found and its status

  @MCP-VER-009 @should @since-2026-07-28
  Scenario: An older client makes a bad request
    Given a target that speaks 2026-07-28 alone
    When a client of an older revision sends an initialize request of the older revisions
    Then it gets the status bad request
