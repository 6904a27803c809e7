@sse @streamable @stdio
Feature: ChatGPT and Claude can use it

  Hosts are stricter than the specification. What they refuse, they refuse without saying why.

  Background:
    Given a target that opens a session

  @MCP-CLIENT-001 @advisory @since-2024-11-05
  Scenario: The first message of ChatGPT lets it go on
    When a client that has not initialized sends server/discover as ChatGPT sends it
    Then it gets what lets ChatGPT go on

  @MCP-CLIENT-010 @advisory @since-2024-11-05
  Scenario: There is a tool
    Given a target that declares tools
    When a client lists the tools
    Then the list has at least one item

  @MCP-CLIENT-002 @advisory @since-2024-11-05
  Scenario: Every tool has a name that hosts accept
    Given a target that offers tools
    When a client lists the tools
    Then the list has names that Claude and ChatGPT accept

  @MCP-CLIENT-003 @advisory @since-2024-11-05
  Scenario: No input schema has a combinator at its root
    Given a target that offers tools
    When a client lists the tools
    Then the list has input schemas without a combinator at their root

  @MCP-CLIENT-004 @advisory @since-2024-11-05
  Scenario: Arrays say what their items are
    Given a target that offers tools
    When a client lists the tools
    Then the list has arrays that say what their items are

  @MCP-CLIENT-005 @advisory @since-2024-11-05
  Scenario: Schemas need no other document
    Given a target that offers tools
    When a client lists the tools
    Then the list has schemas that need no other document

  @MCP-CLIENT-006 @advisory @since-2024-11-05
  Scenario: Every tool is described
    Given a target that offers tools
    When a client lists the tools
    Then the list has a description for each

  @MCP-CLIENT-007 @advisory @since-2024-11-05
  Scenario: Every tool says whether it only reads
    Given a target that offers tools
    When a client lists the tools
    Then the list has a hint whether each only reads

  @MCP-CLIENT-008 @advisory @since-2024-11-05
  Scenario: Hints do not contradict each other
    Given a target that offers tools
    When a client lists the tools
    Then the list has hints that do not contradict each other

  @MCP-CLIENT-009 @advisory @since-2024-11-05
  Scenario: All tools are on the first page
    Given a target that offers tools
    When a client lists the tools
    Then the list has one page

  @MCP-CLIENT-013 @advisory @since-2024-11-05
  Scenario: The list is the same when asked again
    Given a target that offers tools
    When a client lists the tools
    And a client lists them again
    Then it gets the same list again

  @MCP-CLIENT-011 @also-MCP-LIFE-015 @also-MCP-LIFE-008 @advisory @since-2024-11-05
  Scenario: A real client connects
    When the client of the Java SDK connects
    Then it gets a real client connected

  @MCP-CLIENT-012 @advisory @since-2024-11-05
  Scenario: A real client sees the same tools
    Given a target that offers tools
    When the client of the Java SDK connects
    Then it gets the same tools for the real client
