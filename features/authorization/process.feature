@stdio
Feature: A server that is started here has its credentials from its environment

  There is no browser and no address to return to.

  Background:
    Given a target that speaks over standard streams

  @MCP-AUTH-002 @should @since-2025-03-26
  Scenario: A process asks nobody to sign in
    When a client initializes
    Then it gets no demand to sign in
