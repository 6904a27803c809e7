@sse @streamable
Feature: The authorization server says how to sign in

  What its metadata leaves out, clients take for not supported, and stop before the user sees a page.

  Background:
    Given a target that signs its callers in by OAuth

  @MCP-AS-003 @must @since-2025-11-25
  Scenario: The authorization server has metadata
    When a client reads the metadata of its authorization server
    Then it gets metadata of the authorization server

  @MCP-AS-002 @must @since-2025-06-18 @until-2025-06-18
  Scenario: The authorization server has OAuth metadata
    When a client reads the OAuth metadata of its authorization server
    Then it gets sign-in metadata

  @MCP-PRM-008 @should @since-2025-06-18
  Scenario: Each authorization server has metadata
    When a client reads the metadata of each authorization server
    Then it gets sign-in metadata

  @MCP-AS-004 @must @since-2025-06-18
  Scenario: The metadata is of the issuer that was asked for
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets the issuer that was asked for

  @MCP-AS-006 @should @since-2025-11-25
  Scenario: Proof keys are supported
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets proof keys with S256

  @MCP-AS-005 @must @since-2025-11-25
  Scenario: Proof keys are announced by OpenID too
    Given a target that has an authorization server
    When a client reads the OpenID metadata of its authorization server
    Then it gets proof keys with S256

  @MCP-AS-007 @should @since-2025-06-18 @until-2025-06-18
  Scenario: Clients can register themselves
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets a registration endpoint

  @MCP-AS-008 @may @since-2025-11-25
  Scenario: Clients become known in some way
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets a way for clients to register

  @MCP-AS-009 @should @since-2025-11-25
  Scenario: Clients can be described by a document
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets leave for client documents

  @MCP-AS-036 @advisory @since-2025-03-26
  Scenario: Clients with a document need no secret
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets leave for clients without a secret, where it takes documents

  @MCP-AS-020 @must @since-2025-06-18
  Scenario: The endpoints are safe
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets addresses that may carry secrets

  @MCP-AS-038 @advisory @since-2025-03-26
  Scenario: People can sign in
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets a sign-in for people

  @MCP-AS-039 @advisory @since-2025-03-26
  Scenario: Tokens are bound to no key
    Given a target that has an authorization server
    When a client reads the metadata of its authorization server
    Then it gets tokens that are bound to no key

  @MCP-AS-037 @advisory @since-2025-03-26
  Scenario: The e-mail can be learned
    Given a target that has an authorization server
    When a client reads the OpenID metadata of its authorization server
    Then it gets a way to learn the e-mail
