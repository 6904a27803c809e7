@sse @streamable @stdio
Feature: Resources are found

  What a server declares as resources can be listed, and each entry can be told from the others.

  Background:
    Given a target that offers resources

  @MCP-RES-006 @also-MCP-WIRE-005 @must @since-2024-11-05
  Scenario: Every resource has a URI and a name
    When a client lists the resources
    Then the list has an answer to every page
    And the list has a URI and a name for each

  @MCP-RES-023 @must @since-2025-06-18
  Scenario: The URIs of resources are URIs
    When a client lists the resources
    Then the list has URIs as RFC 3986 writes them

  @MCP-RES-009 @also-MCP-WIRE-006 @must @since-2024-11-05
  Scenario: Every resource template has a URI template and a name
    When a client lists the resource templates
    Then the list has a URI template and a name for each

  @MCP-PAGE-008 @must @since-2024-11-05
  Scenario: The pages of the resources come to an end
    When a client lists the resources
    Then the list has an end

  @MCP-PAGE-009 @should @since-2024-11-05
  Scenario: An unknown cursor of resources is refused
    When a client sends a request for the resources after an unknown cursor
    Then it gets the error invalid params, where it gives out cursors
