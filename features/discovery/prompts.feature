@sse @streamable @stdio
Feature: Prompts are found

  What a server declares as prompts can be listed and offered to people.

  Background:
    Given a target that offers prompts

  @MCP-PROMPT-006 @also-MCP-WIRE-008 @must @since-2024-11-05
  Scenario: Every prompt and argument has a name
    When a client lists the prompts
    Then the list has an answer to every page
    And the list has a name for each and for each of its arguments

  @MCP-PAGE-010 @must @since-2024-11-05
  Scenario: The pages of the prompts come to an end
    When a client lists the prompts
    Then the list has an end

  @MCP-PAGE-011 @should @since-2024-11-05
  Scenario: An unknown cursor of prompts is refused
    When a client sends a request for the prompts after an unknown cursor
    Then it gets the error invalid params, where it gives out cursors
