@sse @streamable
Feature: A client signs in

  Nothing of this is tried without leave: a client is registered, pages are opened, and a user may be asked.
  A token is the last step of many; each can end it.

  Background:
    Given a target that has an authorization server

  @MCP-AS-032 @should @since-2025-03-26
  Scenario: The token endpoint speaks OAuth
    When a client reads the answer to an invented code
    Then it gets an error of OAuth in JSON

  @MCP-AS-033 @advisory @since-2025-03-26
  Scenario: An unknown refresh token is called so
    When a client reads the answer to an invented refresh token
    Then it gets an error after which clients sign in anew

  @MCP-AUTH-050 @advisory @since-2025-03-26
  Scenario: A client gets a token
    When a client reads what signing in brought
    Then it gets an access token

  @MCP-AS-031 @also-MCP-AUTH25-005 @advisory @since-2025-03-26
  Scenario: A client is registered
    When a client reads the answer to its registration
    Then it gets a registered client

  @MCP-AS-040 @advisory @since-2025-03-26
  Scenario: Another client is registered
    When a client reads the answer to another registration
    Then it gets no limit on registrations

  @MCP-AS-041 @advisory @since-2025-03-26
  Scenario: The hosts may register their callbacks
    When a client reads the answers to the clients of all hosts
    Then it gets leave to return there

  @MCP-AS-021 @must @since-2025-06-18
  Scenario: Nobody returns without TLS
    When a client reads the answer to a client that returns without TLS
    Then it gets a refusal by HTTP

  @MCP-AS-022 @also-MCP-AS-023 @also-MCP-SEC-016 @must @since-2025-06-18
  Scenario: The browser returns where it was registered to
    Given a target that knows this client
    When a client reads the authorization page with another redirect
    Then it gets no way to the other redirect

  @MCP-AS-026 @should @since-2025-06-18
  Scenario: Proof keys are demanded
    Given a target that knows this client
    When a client reads the authorization page without a proof key
    Then it gets a refusal of the page

  @MCP-AUTH-035 @must @since-2025-06-18
  Scenario: The user is asked
    Given a target that knows this client
    When a client reads the authorization page
    Then it gets a question to the user

  @MCP-AS-018 @must @since-2025-11-25
  Scenario: The user sees where the browser returns to
    Given a target that knows this client
    When a client reads the authorization page
    Then it gets the host that the browser returns to

  @MCP-SEC-014 @must @since-2024-11-05
  Scenario: The page stands alone
    Given a target that knows this client
    When a client reads the authorization page
    Then it gets a page that no other page can hold

  @MCP-AS-034 @advisory @since-2025-03-26
  Scenario: The resource may be named
    Given a target that knows this client
    When a client reads the authorization page
    Then it gets no objection to the resource

  @MCP-AS-042 @advisory @since-2025-03-26
  Scenario: Listed scopes may be asked for
    Given a target that knows this client
    When a client reads the authorization page for every scope
    Then it gets no objection to the scopes

  @MCP-AS-010 @also-MCP-AS-012 @should @since-2025-11-25
  Scenario: A document describes the client
    Given a target that knows this client
    When a client reads the authorization page for a client document
    Then it gets a client that its document describes

  @MCP-AS-011 @also-MCP-AS-013 @also-MCP-AS-014 @must @since-2025-11-25
  Scenario: A wrong document describes nobody
    Given a target that knows this client
    When a client reads the authorization page for wrong client documents
    Then it gets a refusal of the page

  @MCP-AS-015 @should @since-2025-11-25
  Scenario: A document at an inner address is not read
    Given a target that knows this client
    When a client reads the authorization page for an inner client document
    Then it gets a refusal of the page, without a visit there

  @MCP-AS-030 @also-MCP-AS-028 @also-MCP-AS-029 @advisory @since-2025-03-26
  Scenario: The issuer is named as promised
    When a client reads the answers of the authorization page
    Then it gets the issuer, where that is promised

  @MCP-AS-024 @should @since-2025-06-18
  Scenario: The token does not last for ever
    Given a target that has issued a token
    When a client reads the answer with the token
    Then it gets a token for hours, not for days

  @MCP-AS-027 @should @since-2025-06-18
  Scenario: The token is for this server
    Given a target that has issued a token
    When a client reads the answer with the token
    Then it gets a token for the resource that was asked for

  @MCP-AS-035 @advisory @since-2025-03-26
  Scenario: The token can be refreshed
    Given a target that has issued a token
    When a client reads the answer with the token
    Then it gets a refresh token

  @MCP-AS-025 @must @since-2025-06-18
  Scenario: A refresh token is used once
    Given a target that has issued a token
    When a client reads the answer to its refresh token
    Then it gets another refresh token
