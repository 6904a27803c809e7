@streamable @stdio
Feature: Lists say how long they may be kept

  Since 2026-07-28 clients and gateways keep what a server says, for as long and for as many users as it allows.

  Background:
    Given a target that speaks 2026-07-28

  @MCP-CACHE-002 @must @since-2026-07-28
  Scenario: The list of tools says how long it may be kept
    Given a target that declares tools
    When a client lists the tools
    Then the list has a time and a scope to keep each page

  @MCP-CACHE-003 @must @since-2026-07-28
  Scenario: The list of prompts says how long it may be kept
    Given a target that offers prompts
    When a client lists the prompts
    Then the list has a time and a scope to keep each page

  @MCP-CACHE-004 @must @since-2026-07-28
  Scenario: The list of resources says how long it may be kept
    Given a target that offers resources
    When a client lists the resources
    Then the list has a time and a scope to keep each page

  @MCP-CACHE-005 @must @since-2026-07-28
  Scenario: The list of resource templates says how long it may be kept
    Given a target that offers resources
    When a client lists the resource templates
    Then the list has a time and a scope to keep each page

  @MCP-CACHE-006 @must @since-2026-07-28
  Scenario: A resource says how long it may be kept
    Given a target that offers resources
    When a client sends a read of its first resource
    Then it gets a time and a scope to keep it

  @MCP-CACHE-007 @must @since-2026-07-28
  Scenario: Nothing is over before it came
    When a client asks for all that was declared
    Then it gets times to keep that are not negative

  @MCP-CACHE-008 @must @since-2026-07-28
  Scenario: A scope is one of two words
    When a client asks for all that was declared
    Then it gets scopes that are public or private

  @MCP-CACHE-010 @must @since-2026-07-28
  Scenario: All pages of a list are for the same users
    When a client asks for all that was declared
    Then it gets the same scope on every page of a list

  @MCP-TOOLS-002 @must @since-2026-07-28
  Scenario: Declared tools are listed
    Given a target that declares tools
    When a client lists the tools
    Then the list has an answer to every page

  @MCP-RES-003 @must @since-2026-07-28
  Scenario: Declared resources are listed
    Given a target that offers resources
    When a client lists the resources
    Then the list has an answer to every page

  @MCP-PROMPT-003 @also-MCP-PROMPT-002 @must @since-2026-07-28
  Scenario: Declared prompts are listed
    Given a target that offers prompts
    When a client lists the prompts
    Then the list has an answer to every page

  @MCP-TOOLS-004 @also-MCP-STATE-005 @also-MCP-STATE-003 @must @since-2026-07-28
  Scenario: The tools are the same on every connection
    Given a target that declares tools
    When a client lists the tools
    And a client lists them again
    Then it gets the same items again

  @MCP-TOOLS-005 @should @since-2026-07-28
  Scenario: The tools keep their order
    Given a target that declares tools
    When a client lists the tools
    And a client lists them again
    Then it gets the same list again

  @MCP-RES-004 @must @since-2026-07-28
  Scenario: The resources are the same on every connection
    Given a target that offers resources
    When a client lists the resources
    And a client lists them again
    Then it gets the same items again

  @MCP-PROMPT-004 @must @since-2026-07-28
  Scenario: The prompts are the same on every connection
    Given a target that offers prompts
    When a client lists the prompts
    And a client lists them again
    Then it gets the same items again

  @MCP-JSON-012 @should @since-2026-07-28
  Scenario: Schemas stand for themselves
    Given a target that declares tools
    When a client lists the tools
    Then the list has schemas that need no other document
