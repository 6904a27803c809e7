@sse @streamable
Feature: Callers without the right credentials are turned away

  A connector that cannot sign in shows its user nothing but "could not connect".
  401 asks a caller to sign in; 403 tells a known caller that it may not.

  Background:
    Given a target that asks for credentials

  @MCP-AUTH-005 @must @since-2025-03-26
  Scenario: A caller without credentials is asked to sign in
    When an unknown client sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-011 @also-MCP-AUTH-004 @must @since-2025-03-26
  Scenario: The refusal says how to sign in
    When an unknown client sends an initialize request
    Then it gets a challenge that names a scheme

  @MCP-AUTH-036 @must @since-2025-03-26
  Scenario: The challenge can be read
    When an unknown client sends an initialize request
    Then it gets a challenge that clients can read

  @MCP-AUTH-006 @must @since-2025-03-26
  Scenario: A caller with a wrong token is asked to sign in again
    When a client with a wrong token sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-009 @must @since-2025-03-26
  Scenario: A caller with an empty token is refused
    When a client with an empty token sends an initialize request
    Then it gets a refusal as unidentified or as malformed

  @MCP-AUTH-039 @advisory @since-2025-03-26
  Scenario: A caller with another scheme is refused
    When a client with another authentication scheme sends an initialize request
    Then it gets a refusal as unidentified or as malformed

  @MCP-AUTH-017 @must @since-2025-06-18
  Scenario: Nothing is told to an unknown caller
    When an unknown client sends a request for the tools
    Then it gets nothing of the protocol

  @MCP-AUTH-037 @advisory @since-2025-03-26
  Scenario: The stream is protected like the messages
    When an unknown client sends a request for its event stream
    Then it gets a refusal as unidentified or method not allowed

  @MCP-AUTH-045 @advisory @since-2025-03-26
  Scenario: The end of a session is protected like the messages
    When an unknown client sends the end of its session
    Then it gets a refusal as unidentified or method not allowed

  @MCP-SEC-002 @also-MCP-AUTH-019 @must @since-2024-11-05
  Scenario: Every message is checked, in a session too
    Given a target that lets the given credentials in
    When a client without credentials sends a ping
    Then it gets nothing of the protocol

  @MCP-AUTH-040 @should @since-2025-03-26
  Scenario: The scheme may be written in lower case
    Given a target that lets the given credentials in
    When a client that writes its scheme in lower case sends an initialize request
    Then it gets no demand for credentials
