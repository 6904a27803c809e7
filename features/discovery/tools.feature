@sse @streamable @stdio
Feature: Tools are found

  A host shows and calls exactly what tools/list says, and some hosts drop the whole list for one bad entry.

  Background:
    Given a target that declares tools

  @MCP-TOOLS-006 @also-MCP-WIRE-003 @must @since-2024-11-05
  Scenario: Every tool has a name and an input schema
    When a client lists the tools
    Then the list has an answer to every page
    And the list has a name and an input schema for each

  @MCP-TOOLS-007 @must @since-2024-11-05
  Scenario: Input schemas are of type object
    When a client lists the tools
    Then the list has input schemas of type object

  @MCP-TOOLS-008 @must @since-2025-11-25
  Scenario: Input schemas are objects
    When a client lists the tools
    Then the list has input schemas that are objects

  @MCP-JSON-006 @must @since-2025-11-25
  Scenario: Schemas are valid
    When a client lists the tools
    Then the list has valid schemas

  @MCP-JSON-001 @should @since-2025-11-25
  Scenario: Schemas are in a dialect that clients know
    When a client lists the tools
    Then the list has schemas in the recommended dialect

  @MCP-TOOLS-009 @should @since-2025-11-25
  Scenario: A tool without parameters says so plainly
    When a client lists the tools
    Then the list has plain schemas where there are no parameters

  @MCP-TOOLS-010 @should @since-2024-11-05
  Scenario: Tool names are unique
    When a client lists the tools
    Then the list has unique names

  @MCP-TOOLS-011 @should @since-2025-11-25
  Scenario: Tool names have 1 to 128 characters
    When a client lists the tools
    Then the list has names of 1 to 128 characters

  @MCP-TOOLS-012 @should @since-2025-11-25
  Scenario: Tool names are of letters, digits, underscores, hyphens and dots
    When a client lists the tools
    Then the list has names of letters, digits, underscores, hyphens and dots

  @MCP-TOOLS-013 @should @since-2025-11-25
  Scenario: Tool names have no blanks and commas
    When a client lists the tools
    Then the list has names without spaces and commas

  @MCP-TOOLS-033 @must @since-2025-06-18 @until-2025-11-25
  Scenario: Output schemas are of type object
    When a client lists the tools
    Then the list has output schemas of type object, if any

  @MCP-TOOLS-035 @must @since-2025-03-26
  Scenario: Annotations have the right types
    When a client lists the tools
    Then the list has annotations of the right types, if any

  @MCP-TOOLS-036 @should @since-2025-11-25 @until-2025-11-25
  Scenario: Task support is a known word
    When a client lists the tools
    Then the list has a known task support, if any

  @MCP-ICON-004 @should @since-2025-11-25
  Scenario: Tool icons can be shown
    When a client lists the tools
    Then the list has icons that clients can show, if any

  @MCP-PAGE-004 @must @since-2024-11-05
  Scenario: The pages of the list come to an end
    When a client lists the tools
    Then the list has an end
    And the list has cursors that are texts

  @MCP-PAGE-005 @should @since-2024-11-05
  Scenario: Empty params ask for the first page
    When a client sends a request for the tools with empty params
    Then it gets a result

  @MCP-PAGE-003 @also-MCP-PAGE-002 @should @since-2024-11-05
  Scenario: An unknown cursor is refused
    When a client sends a request for the tools after an unknown cursor
    Then it gets the error invalid params, where it gives out cursors
