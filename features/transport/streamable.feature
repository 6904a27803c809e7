@streamable
Feature: Streamable HTTP carries messages

  One endpoint takes every message by POST and answers in JSON or in an event stream.
  Most connectors that "could not connect" fail in one of these rules.

  Background:
    Given a target that speaks Streamable HTTP

  @MCP-STREAM-001 @must @since-2025-03-26 @until-2025-11-25
  Scenario: One endpoint answers
    When a client knocks
    Then it gets an MCP endpoint

  @MCP-STREAM-013 @must @since-2025-03-26
  Scenario: Answers are JSON or an event stream
    When a client initializes
    Then it gets JSON or an event stream

  @MCP-STREAM-008 @must @since-2025-03-26 @until-2025-11-25
  Scenario: A notification is accepted without a body
    Given a target that opens a session
    When a client confirms its handshake
    Then it gets acceptance without a body

  @MCP-STREAM-010 @must @since-2025-03-26 @until-2025-11-25
  Scenario: A response to no request is accepted or refused, never answered
    Given a target that opens a session
    When a client sends a response to no request
    Then it gets acceptance without a body or a refusal

  @MCP-STREAM-014 @must @since-2025-06-18
  Scenario: A JSON answer is one object
    Given a target that opens a session
    When a client sends a ping
    Then it gets one JSON object

  @MCP-STREAM-016 @should @since-2025-03-26 @until-2025-11-25
  Scenario: A streamed answer holds the response
    Given a target that answers in event streams
    When a client initializes
    Then it gets a stream that holds the response

  @MCP-STREAM-020 @should @since-2025-03-26 @until-2025-11-25
  Scenario: A streamed answer ends after the response
    Given a target that opens a session
    And a target that answers in event streams
    When a patient client sends a ping
    Then it gets an end of the stream

  @MCP-STREAM-022 @should @since-2025-11-25 @until-2025-11-25
  Scenario: A streamed answer begins with an event to resume from
    Given a target that answers in event streams
    When a client initializes
    Then it gets a first event with an id and no data

  @MCP-STREAM-061 @should @since-2025-11-25
  Scenario: A streamed answer says when to reconnect
    Given a target that answers in event streams
    When a client initializes
    Then it gets a time after which to reconnect

  @MCP-STREAM-053 @advisory @since-2025-03-26
  Scenario: Streamed messages are plain message events
    Given a target that answers in event streams
    When a client initializes
    Then it gets messages in events named message

  @MCP-STREAM-054 @advisory @since-2025-03-26
  Scenario: A stream holds nothing but events
    Given a target that answers in event streams
    When a client initializes
    Then it gets an event stream without stray text

  @MCP-RESUME-002 @must @since-2025-03-26 @until-2025-11-25
  Scenario: Event ids are never used twice
    Given a target that opens a session
    And a target that answers in event streams
    When 3 requests at once ask for a ping
    Then it gets event ids that are never used twice

  @MCP-STREAM-037 @must @since-2025-03-26 @until-2025-11-25
  Scenario: A GET opens a stream or is not allowed
    Given a target that opens a session
    When a new client sends a request for its event stream
    Then it gets an event stream or method not allowed

  @MCP-STREAM-040 @must @since-2025-03-26 @until-2025-11-25
  Scenario: Responses stay on their own stream
    Given a target that opens a session
    When a new client sends a request for its event stream
    Then it gets no responses on the stream

  @MCP-STREAM-015 @should @since-2025-06-18
  Scenario: A batch is no longer a message
    Given a target that opens a session
    When a client sends a batch of two requests
    Then it gets a refusal

  @MCP-BATCH-001 @also-MCP-BATCH-004 @must @since-2025-03-26 @until-2025-03-26
  Scenario: A batch is answered
    Given a target that opens a session
    When a client sends a batch of two requests
    Then it gets answers to both

  @MCP-BATCH-003 @must @since-2025-03-26 @until-2025-03-26
  Scenario: A batch of notifications is accepted without a body
    Given a target that opens a session
    When a client sends a batch of notifications
    Then it gets acceptance without a body

  @MCP-STREAM-044 @should @since-2025-03-26
  Scenario: Several requests at once are answered
    Given a target that opens a session
    When 4 requests at once ask for a ping
    Then it gets the same id
