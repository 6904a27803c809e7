@sse @streamable @stdio
Feature: Messages are JSON-RPC 2.0

  The same envelope on every transport: clients match answers by their ids and tell results from errors.

  Background:
    Given a target that opens a session

  @MCP-BASE-002 @must @since-2024-11-05
  Scenario: An answer repeats the id of its request
    When a client sends a ping
    Then it gets the same id

  @MCP-BASE-003 @should @since-2024-11-05
  Scenario: An id may be a text
    When a client sends a ping with a text as id
    Then it gets the same id

  @MCP-BASE-030 @must @since-2024-11-05
  Scenario: An id may be a large number
    When a client sends a ping with a large number as id
    Then it gets the same id

  @MCP-BASE-006 @must @since-2024-11-05
  Scenario: An error has a code and a message
    When a client sends a request for an unknown method
    Then it gets an error with code and message

  @MCP-BASE-007 @must @since-2024-11-05
  Scenario: An error code is an integer
    When a client sends a request for an unknown method
    Then it gets an error with an integer code

  @MCP-BASE-008 @should @since-2024-11-05
  Scenario: An error message is one sentence
    When a client sends a request for an unknown method
    Then it gets an error with one short sentence

  @MCP-BASE-021 @should @since-2024-11-05 @until-2025-11-25
  Scenario: An unknown method is not found
    When a client sends a request for an unknown method
    Then it gets the error method not found

  @MCP-BASE-022 @should @since-2024-11-05
  Scenario: A call without a name is a protocol error
    Given a target that declares tools
    When a client sends a call without a tool name
    Then it gets a protocol error

  @MCP-BASE-014 @must @since-2025-03-26
  Scenario: A notification gets no answer
    When a new client sends an unknown notification
    Then it gets no answer

  @MCP-LIFE-025 @should @since-2024-11-05 @until-2025-11-25
  Scenario: There is no shutdown message
    When a client sends a shutdown request
    Then it gets the error method not found

  @MCP-CANCEL-005 @also-MCP-CANCEL-004 @should @since-2024-11-05
  Scenario: A cancellation of nothing is ignored
    When a client sends a cancellation of an unknown request
    Then it gets no answer
    And the target goes on serving
