@streamable @stdio
Feature: A server without a handshake says what it is when asked

  Since 2026-07-28 nothing has to be opened: whoever asks server/discover learns what the server speaks and what it can do.

  Background:
    Given a target that speaks 2026-07-28

  @MCP-DISC-002 @also-MCP-DISC-001 @also-MCP-BASE-016 @also-MCP-DISC-007 @also-MCP-WIRE-002 @also-MCP-STREAM-002 @must @since-2026-07-28
  Scenario: The discovery names revisions and capabilities
    When a client sends a discovery
    Then it gets its revisions and what it can do

  @MCP-DISC-003 @should @since-2026-07-28
  Scenario: The discovery says who the server is
    When a client sends a discovery
    Then it gets its name and version in each result

  @MCP-DISC-004 @also-MCP-CACHE-001 @must @since-2026-07-28
  Scenario: The discovery says how long it may be kept
    When a client sends a discovery
    Then it gets a time and a scope to keep it

  @MCP-DISC-005 @may @since-2026-07-28
  Scenario: Instructions are a text
    When a client sends a discovery
    Then it gets instructions that are a text, if any

  @MCP-DISC-006 @should @since-2026-07-28
  Scenario: What the discovery declares is there
    When a client sends a discovery
    Then it gets lists of all that it declares

  @MCP-VER-004 @also-MCP-VER-006 @should @since-2026-07-28
  Scenario: Any request may come first
    Given a target that declares tools
    When a client that has not initialized sends a request for the tools
    Then it gets a result

  @MCP-VER-011 @must @since-2026-07-28
  Scenario: Extensions have a prefix
    When a client sends a discovery
    Then it gets extensions whose names have a prefix, if any

  @MCP-VER-001 @must @since-2026-07-28
  Scenario: A revision that nobody knows is not supported
    When a client of a revision that nobody knows sends a discovery
    Then it gets the error unsupported version

  @MCP-ERR-009 @must @since-2026-07-28
  Scenario: Whoever asks in a wrong revision is told the right ones
    When a client of a revision that nobody knows sends a discovery
    Then it gets an error that names its revisions

  @MCP-VER-003 @should @since-2026-07-28
  Scenario: The error and the discovery name the same revisions
    When a client of a revision that nobody knows sends a discovery
    Then it gets the same revisions as in its discovery

  @MCP-VER-007 @also-MCP-VER-010 @should @since-2026-07-28
  Scenario: An older client is told what the server speaks
    Given a target that speaks 2026-07-28 alone
    When a client of an older revision sends an initialize request of the older revisions
    Then it gets an error in which its revision stands
