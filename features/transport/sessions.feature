@streamable
Feature: A session is what its id says

  A server may give out a session id; from then on both sides rely on it.

  Background:
    Given a target that speaks Streamable HTTP
    And a target that issues session ids

  @MCP-SESS-003 @must @since-2025-03-26 @until-2025-11-25
  Scenario: The id is made of visible characters
    When a client initializes
    Then it gets a session id of visible ASCII

  @MCP-SESS-002 @also-MCP-SESS-009 @should @since-2025-03-26 @until-2025-11-25
  Scenario: Every session has an id of its own
    When 4 clients initialize, one after the other
    Then it gets a session id of its own for each

  @MCP-SEC-004 @also-MCP-SEC-005 @must @since-2024-11-05 @until-2025-11-25
  Scenario: The id cannot be guessed
    When 4 clients initialize, one after the other
    Then it gets session ids that cannot be guessed

  @MCP-SESS-004 @should @since-2025-03-26 @until-2025-11-25
  Scenario: A client that leaves out its id is refused or served
    When a client that leaves out its session id sends a ping
    Then it gets the status bad request or an ordinary answer

  @MCP-SESS-006 @must @since-2025-03-26 @until-2025-11-25
  Scenario: An ended session is not found
    When a client whose session has ended sends a ping
    Then it gets the status not found

  @MCP-SESS-007 @advisory @since-2025-03-26 @until-2025-11-25
  Scenario: An invented id is not found
    When a client with an invented session id sends a ping
    Then it gets the status not found or bad request

  @MCP-SESS-008 @may @since-2025-03-26 @until-2025-11-25
  Scenario: The end of a session is accepted or not allowed
    When a new client sends the end of its session
    Then it gets success or method not allowed

  @MCP-SESS-010 @should @since-2025-03-26 @until-2025-11-25
  Scenario: The id is accepted on GET too
    When a new client sends a request for its event stream
    Then it gets an event stream or method not allowed
