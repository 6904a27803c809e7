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

  @MCP-AUTH25-008 @must @since-2025-03-26 @until-2025-03-26
  Scenario: The browser returns where it was registered to, by a safe way
    Given a target that knows this client
    When a client reads the answers to wrong redirects
    Then it gets no way to a wrong redirect

  @MCP-AUTH25-009 @must @since-2025-03-26 @until-2025-03-26
  Scenario: Proof keys are demanded
    Given a target that knows this client
    When a client reads the authorization page without a proof key
    Then it gets a refusal of the page

  @MCP-AUTH25-010 @should @since-2025-03-26 @until-2025-03-26
  Scenario: Tokens last for hours, and refresh tokens for one use
    Given a target that has issued a token
    When a client reads the answer with the token
    Then it gets a token for hours, not for days
    And it gets another refresh token, where it has any
