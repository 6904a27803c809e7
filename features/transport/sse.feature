@sse
Feature: HTTP+SSE carries messages

  The older transport: one stream from the server, one address for messages to it.
  Deprecated since 2025-03-26, still spoken by many servers and by Claude and ChatGPT.

  Background:
    Given a target that speaks HTTP+SSE

  @MCP-SSE-001 @must @since-2024-11-05 @until-2024-11-05
  Scenario: A stream opens
    When a client knocks
    Then it gets an open stream

  @MCP-SSE-005 @should @since-2024-11-05 @until-2024-11-05
  Scenario: The stream is declared as one
    When a client knocks
    Then it gets an event stream

  @MCP-SSE-002 @must @since-2024-11-05 @until-2024-11-05
  Scenario: The stream says where messages go
    When a client knocks
    Then it gets an endpoint event

  @MCP-SSE-003 @should @since-2024-11-05 @until-2024-11-05
  Scenario: The stream says so first
    Given a target that can be reached
    When a client knocks
    Then it gets an endpoint event before all others

  @MCP-SSE-007 @advisory @since-2024-11-05 @until-2024-11-05
  Scenario: Messages stay on the same origin
    When a client knocks
    Then it gets an endpoint on the same origin

  @MCP-SSE-017 @advisory @since-2024-11-05
  Scenario: The address for messages cannot be misread
    When a client knocks
    Then it gets an endpoint that no client can misread

  @MCP-SSE-018 @advisory @since-2024-11-05
  Scenario: The stream holds nothing but events
    When a client knocks
    Then it gets an event stream without stray text

  @MCP-SSE-019 @advisory @since-2024-11-05
  Scenario: A client that offers compression gets its stream
    Given a target that opens a session
    When a client that offers compression sends a request for its event stream
    Then it gets an endpoint event

  @MCP-SSE-004 @should @since-2024-11-05 @until-2024-11-05
  Scenario: Answers come as message events
    Given a target that opens a session
    When a client sends a ping
    Then it gets messages in events named message

  @MCP-SSE-006 @should @since-2024-11-05 @until-2024-11-05
  Scenario: Answers come on the stream alone
    Given a target that opens a session
    When a client sends a ping
    Then it gets an answer on the stream alone

  @MCP-SSE-008 @should @since-2024-11-05 @until-2024-11-05
  Scenario: Two clients do not get each other's answers
    Given a target that opens a session
    When two clients send a ping with the same id
    Then it gets the same id

  @MCP-SSE-009 @must @since-2024-11-05 @until-2024-11-05
  Scenario: A foreign web page is turned away
    When a foreign web page sends an initialize request
    Then it gets a refusal by HTTP

  @MCP-SSE-022 @advisory @since-2024-11-05
  Scenario: A foreign host is turned away
    When a client that names a foreign host sends an initialize request
    Then it gets a refusal by HTTP

  @MCP-SSE-012 @advisory @since-2024-11-05 @until-2024-11-05
  Scenario: A message for a closed stream is refused
    Given a target that opens a session
    When a client whose session has ended sends a ping
    Then it gets a refusal by HTTP

  @MCP-SSE-023 @advisory @since-2024-11-05
  Scenario: A client of Streamable HTTP is told to fall back
    When a client of Streamable HTTP sends an initialize request
    Then it gets a refusal after which clients fall back

  @MCP-SSE-020 @advisory @since-2024-11-05
  Scenario: A message for an invented session is refused
    Given a target that opens a session
    When a client with an invented session id sends a ping
    Then it gets a refusal by HTTP

  @MCP-SSE-021 @should @since-2024-11-05
  Scenario: The confirmation of the handshake is accepted
    Given a target that opens a session
    When a client confirms its handshake
    Then it gets a message that is accepted
