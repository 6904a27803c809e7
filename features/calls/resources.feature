@sse @streamable @stdio
Feature: Resources can be read

  What was listed can be read; what was not is refused.

  Background:
    Given a target that offers resources

  @MCP-RES-007 @also-MCP-WIRE-007 @must @since-2024-11-05
  Scenario: A resource has contents
    When a client sends a read of its first resource
    Then it gets contents with URI and text or blob

  @MCP-RES-008 @must @since-2024-11-05
  Scenario: Binary contents are in base64
    When a client sends a read of its first resource
    Then it gets binary contents in base64

  @MCP-RES-014 @should @since-2024-11-05 @until-2025-11-25
  Scenario: An unknown resource is not found
    When a client sends a read of an unknown resource
    Then it gets the error resource not found

  @MCP-RES-029 @should @since-2024-11-05
  Scenario: A read without a URI is a protocol error
    When a client sends a read without a URI
    Then it gets a protocol error

  @MCP-RES-024 @must @since-2024-11-05
  Scenario: A system file is not a resource
    When a client sends a read of a system file
    Then it gets an error

  @MCP-RES-011 @should @since-2024-11-05 @until-2025-11-25
  Scenario: A subscription is accepted and ended
    Given a target that offers subscriptions
    When a client sends a subscription to its first resource
    Then it gets an empty result

  @MCP-RES-030 @should @since-2024-11-05 @until-2025-11-25
  Scenario: The end of a subscription is accepted
    Given a target that offers subscriptions
    When a client sends an end of the subscription to its first resource
    Then it gets an empty result

  @MCP-RES-015 @must @since-2026-07-28
  Scenario: An unknown resource has invalid params
    Given a target that speaks 2026-07-28
    And a target that offers resources
    When a client sends a read of an unknown resource
    Then it gets the error invalid params

  @MCP-RES-016 @must @since-2026-07-28
  Scenario: An unknown resource is not an empty one
    Given a target that speaks 2026-07-28
    And a target that offers resources
    When a client sends a read of an unknown resource
    Then it gets no empty contents
