@sse @streamable
Feature: A server of 2025-03-26 signs in at its own origin

  Before there was resource metadata, a server was its own authorization server, and its origin the place to ask.

  Background:
    Given a target that signs its callers in as 2025-03-26 says

  @MCP-AUTH25-002 @should @since-2025-03-26 @until-2025-03-26
  Scenario: There is metadata
    When a client reads the metadata of the authorization server at its origin
    Then it gets metadata of the authorization server

  @MCP-AUTH25-003 @must @since-2025-03-26 @until-2025-03-26
  Scenario: The metadata is at the root of the origin
    When a client reads the metadata of the authorization server at its origin
    Then it gets metadata at the root of the origin

  @MCP-AUTH25-004 @must @since-2025-03-26 @until-2025-03-26
  Scenario: Without metadata the endpoints are where clients expect them
    When a client reads the default endpoints
    Then it gets an endpoint where clients expect it

  @MCP-AUTH25-006 @should @since-2025-03-26 @until-2025-03-26
  Scenario: People can sign in
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets a sign-in for people

  @MCP-AUTH25-007 @must @since-2025-03-26 @until-2025-03-26
  Scenario: The endpoints are safe
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets addresses that may carry secrets
