@sse @streamable @stdio
Feature: Client and server agree on a revision

  Every conversation begins with initialize: who is there, what it can do, which revision is spoken.

  Background:
    Given a target that carries messages

  @MCP-LIFE-001 @also-MCP-WIRE-001 @must @since-2024-11-05 @until-2025-11-25
  Scenario: Initialize is answered in full
    When a client initializes
    Then it gets protocol version, capabilities and server information

  @MCP-LIFE-026 @must @since-2024-11-05 @until-2025-11-25
  Scenario: The revision is a published one
    When a client initializes
    Then it gets a published revision

  @MCP-LIFE-002 @must @since-2024-11-05 @until-2025-11-25
  Scenario: A revision that it offered is granted when asked for
    Given a target that opens a session
    When a client that has not initialized sends an initialize request for the revision that was offered
    Then it gets the revision that was offered

  @MCP-LIFE-003 @must @since-2024-11-05 @until-2025-11-25
  Scenario: An unknown revision is countered, not refused
    Given a target that opens a session
    When a client that has not initialized sends an initialize request for a revision of the past
    Then it gets a published revision

  @MCP-LIFE-004 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A revision of the future is countered too
    Given a target that opens a session
    When a client that has not initialized sends an initialize request for a revision of the future
    Then it gets a published revision

  @MCP-LIFE-016 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A handshake with unknown members succeeds
    Given a target that opens a session
    When a client that has not initialized sends an initialize request with members that nobody knows yet
    Then it gets a result

  @MCP-LIFE-027 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A handshake without client information is answered or refused clearly
    Given a target that opens a session
    When a client that has not initialized sends an initialize request without client information
    Then it gets an answer or a clear refusal

  @MCP-LIFE-006 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A ping before the confirmation is answered
    Given a target that opens a session
    When a client that has not confirmed its handshake sends a ping
    Then it gets a result

  @MCP-LIFE-005 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A stranger gets no tools
    Given a target that issues session ids
    When a client that has not initialized sends a request for the tools
    Then it gets an error

  @MCP-LIFE-014 @may @since-2025-03-26 @until-2025-11-25
  Scenario: Instructions are a text
    Given a target that opens a session
    When a client initializes
    Then it gets instructions that are a text, if any

  @MCP-LIFE-028 @advisory @since-2025-06-18
  Scenario: The version header may come from the start
    Given a target that opens a session
    When a client with its version header from the start sends an initialize request
    Then it gets a result

  @MCP-ICON-001 @should @since-2025-11-25
  Scenario: Icons can be shown
    Given a target that opens a session
    When a client initializes
    Then it gets icons that clients can show, if any
