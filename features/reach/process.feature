@stdio
Feature: The command starts

  A desktop client shows "server disconnected" for everything that goes wrong here.

  @MCP-REACH-010 @must @since-2024-11-05
  Scenario: The command can be started
    When a client knocks
    Then it gets a connection
