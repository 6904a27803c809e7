@stdio
Feature: Standard streams carry messages

  Standard output belongs to the protocol: one message a line, and not a character more.

  Background:
    Given a target that speaks over standard streams

  @MCP-STDIO-001 @must @since-2024-11-05
  Scenario: A message is one line
    When a client initializes
    Then it gets an answer

  @MCP-STDIO-002 @must @since-2024-11-05
  Scenario: Nothing but messages is written
    When a client initializes
    Then it gets messages alone on standard output

  @MCP-STDIO-013 @must @since-2024-11-05
  Scenario: Nothing but messages is written while working
    Given a target that opens a session
    When a client sends a request for the tools
    Then it gets messages alone on standard output

  @MCP-STDIO-004 @should @since-2025-06-18
  Scenario: A line is one message
    Given a target that offers tools
    When a client calls the tools that only read
    Then it gets one message a line

  @MCP-STDIO-014 @must @since-2025-03-26
  Scenario: Output is UTF-8
    When a client initializes
    Then it gets standard output in UTF-8

  @MCP-STDIO-006 @should @since-2024-11-05
  Scenario: A line that is no message does not end the server
    Given a target that opens a session
    When a new client sends text that is not JSON
    Then the target goes on serving

  @MCP-STDIO-015 @should @since-2024-11-05
  Scenario: An empty line does not end the server
    Given a target that opens a session
    When a new client sends an empty body
    Then the target goes on serving

  @MCP-LIFE-024 @should @since-2024-11-05 @until-2025-11-25
  Scenario: The server ends with its input
    Given a target that opens a session
    When a client hangs up
    Then it gets the end of the process
