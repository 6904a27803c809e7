@sse @streamable @stdio
Feature: Prompts can be had

  What was listed can be had; what was not is refused.

  Background:
    Given a target that offers prompts

  @MCP-PROMPT-007 @also-MCP-WIRE-009 @must @since-2024-11-05
  Scenario: A prompt has messages
    When a client sends a request for a prompt without required arguments
    Then it gets messages with role and content

  @MCP-PROMPT-014 @should @since-2024-11-05
  Scenario: An unknown prompt has invalid params
    When a client sends a request for an unknown prompt
    Then it gets the error invalid params

  @MCP-PROMPT-015 @should @since-2024-11-05
  Scenario: Missing arguments are invalid params
    When a client sends a request for a prompt without its required arguments
    Then it gets the error invalid params

  @MCP-PROMPT-017 @should @since-2024-11-05
  Scenario: Arguments of the wrong type are refused
    When a client sends a request for a prompt with arguments of the wrong type
    Then it gets an error
