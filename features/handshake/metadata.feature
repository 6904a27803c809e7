@streamable @stdio
Feature: Every request stands for itself

  There is no session to remember anything: each request says in its metadata which revision it is in and what the client can do.

  Background:
    Given a target that speaks 2026-07-28

  @MCP-META-006 @must @since-2026-07-28
  Scenario: A request without a revision is malformed
    Given a target that declares tools
    When a client that leaves out its revision sends a request for the tools
    Then it gets the error invalid params

  @MCP-META-007 @must @since-2026-07-28
  Scenario: A request without capabilities is malformed
    Given a target that declares tools
    When a client that leaves out its capabilities sends a request for the tools
    Then it gets the error invalid params

  @MCP-META-008 @also-MCP-STATE-001 @must @since-2026-07-28
  Scenario: A request without metadata is malformed, whatever came before it
    Given a target that declares tools
    When a client without metadata sends a request for the tools
    Then it gets the error invalid params

  @MCP-META-010 @should @since-2026-07-28
  Scenario: A client need not say who it is
    Given a target that declares tools
    When a client that does not say who it is sends a request for the tools
    Then it gets a result

  @MCP-META-016 @should @since-2026-07-28
  Scenario: The name of a client changes nothing
    Given a target that declares tools
    When a client under another name sends a request for the tools
    Then it gets the same tools as any other

  @MCP-META-019 @should @since-2026-07-28
  Scenario: A trace context is tolerated
    Given a target that declares tools
    When a client that is traced sends a request for the tools
    Then it gets a result

  @MCP-LOG-019 @should @since-2026-07-28
  Scenario: An unknown log level is refused
    Given a target that offers logging
    When a client that wants to log from an unknown level on sends a discovery
    Then it gets the error invalid params

  @MCP-META-015 @should @since-2026-07-28
  Scenario: Every result says who the server is
    When a client asks for all that was declared
    Then it gets its name and version in each result

  @MCP-META-018 @must @since-2026-07-28
  Scenario: Trace contexts are well formed
    When a client asks for all that was declared
    Then it gets trace contexts as W3C writes them, if any

  @MCP-BASE-024 @must @since-2026-07-28
  Scenario: Every result says of what type it is
    When a client asks for all that was declared
    Then it gets the type of each result

  @MCP-BASE-025 @must @since-2026-07-28
  Scenario: Types of results are known ones
    When a client asks for all that was declared
    Then it gets types of results that are known or announced

  @MCP-BASE-026 @should @since-2026-07-28
  Scenario: A finished request is complete
    When a client sends a discovery
    Then it gets a complete result

  @MCP-MRTR-002 @must @since-2026-07-28
  Scenario: Only reads, prompts and calls lead to questions
    When a client asks for all that was declared
    Then it gets no questions where none may be asked

  @MCP-BASE-027 @also-MCP-TRANS-007 @also-MCP-STREAM-032 @also-MCP-STDIO-007 @also-MCP-MRTR-003 @must @since-2026-07-28
  Scenario: A server asks nothing by requests of its own
    When a client asks for all that was declared
    Then it gets no request of the server

  @MCP-CANCEL-015 @must @since-2026-07-28
  Scenario: A server cancels nothing but subscriptions
    When a client asks for all that was declared
    Then it gets no cancellation by the server

  @MCP-LOG-016 @must @since-2026-07-28
  Scenario: Nobody is sent a log who did not ask for it
    When a client asks for all that was declared
    Then it gets no log message that was not asked for

  @MCP-STATE-002 @should @since-2026-07-28
  Scenario: Several requests at once are answered each by itself
    Given a target that declares tools
    When 4 requests at once ask for a request for the tools
    Then it gets the same id

  @MCP-ERR-001 @must @since-2026-07-28
  Scenario: Codes that the specification keeps to itself are not used
    When a client makes the usual mistakes
    Then it gets no error code that the specification keeps to itself

  @MCP-ERR-002 @must @since-2026-07-28
  Scenario: Codes of the specification are used for what they are for
    When a client makes the usual mistakes
    Then it gets error codes of headers and revisions only where these are wrong

  @MCP-ERR-003 @must @since-2026-07-28
  Scenario: Retired codes are not used
    When a client makes the usual mistakes
    Then it gets no retired error code

  @MCP-ERR-004 @should @since-2026-07-28
  Scenario: Codes of the legacy range are not used
    When a client makes the usual mistakes
    Then it gets no error code of the legacy range

  @MCP-ERR-006 @should @since-2026-07-28
  Scenario: Own codes lie outside the reserved range
    When a client makes the usual mistakes
    Then it gets no error code of its own in the reserved range

  @MCP-PING-009 @should @since-2026-07-28
  Scenario: There is no ping any more
    When a client sends a ping of the older revisions
    Then it gets the error method not found and its status

  @MCP-LOG-020 @should @since-2026-07-28
  Scenario: There is no setting of log levels any more
    When a client sends a request to log from warning on
    Then it gets the error method not found and its status

  @MCP-SUB-014 @should @since-2026-07-28
  Scenario: There are no subscriptions of single resources any more
    Given a target that offers resources
    When a client sends a subscription to its first resource
    Then it gets the error method not found and its status
