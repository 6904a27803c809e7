@sse @streamable
Feature: Clients find out where to sign in

  A client that is turned away follows the challenge to the metadata of the resource, and from there to
  the authorization server. One wrong word on the way ends it with "could not connect".

  Background:
    Given a target that signs its callers in by OAuth

  @MCP-PRM-001 @also-MCP-AUTH-001 @also-MCP-PRM-004 @must @since-2025-06-18
  Scenario: There is sign-in metadata
    When a client reads its sign-in metadata
    Then it gets sign-in metadata

  @MCP-PRM-003 @must @since-2025-06-18 @until-2025-06-18
  Scenario: The challenge points to the metadata
    Given a target that asks for credentials
    When an unknown client sends an initialize request
    Then it gets a challenge that points to the sign-in metadata

  @MCP-PRM-005 @advisory @since-2025-11-25
  Scenario: The metadata is the same wherever clients look
    When a client reads its sign-in metadata at each place
    Then it gets the same in all places

  @MCP-PRM-006 @must @since-2025-06-18
  Scenario: The metadata is JSON for everybody
    When a client reads its sign-in metadata at each place
    Then it gets a document in JSON, without a token

  @MCP-PRM-002 @must @since-2025-06-18
  Scenario: The metadata names the authorization server
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets the authorization servers as a list

  @MCP-PRM-007 @must @since-2025-06-18
  Scenario: The metadata is about the address that users enter
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets its own address as the resource

  @MCP-AUTH-031 @should @since-2025-06-18
  Scenario: The resource ends without a slash
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets a resource without a slash at the end

  @MCP-PRM-009 @also-MCP-SEC-011 @should @since-2025-11-25
  Scenario: The metadata lists few scopes
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets scopes for a basic use alone

  @MCP-AUTH-029 @should @since-2026-07-28
  Scenario: Nobody is asked for offline access
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets no demand for offline access

  @MCP-PRM-010 @should @since-2025-06-18
  Scenario: Tokens go into the header
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets tokens in the header

  @MCP-PRM-011 @should @since-2025-06-18
  Scenario: The metadata names safe addresses
    Given a target that has sign-in metadata
    When a client reads its sign-in metadata
    Then it gets addresses that may carry secrets

  @MCP-AUTH-021 @also-MCP-AUTH-023 @should @since-2025-11-25
  Scenario: The challenge names the scopes
    Given a target that asks for credentials
    When an unknown client sends an initialize request
    Then it gets a challenge that names the scopes

  @MCP-AUTH-022 @should @since-2025-11-25
  Scenario: The challenge names the same scopes each time
    Given a target that asks for credentials
    When an unknown client sends an initialize request
    Then it gets the scopes of the first challenge

  @MCP-AUTH-043 @advisory @since-2025-03-26
  Scenario: There is one challenge
    Given a target that asks for credentials
    When an unknown client sends an initialize request
    Then it gets one challenge to present a token

  @MCP-AUTH-049 @advisory @since-2025-03-26
  Scenario: Any token can answer the challenge
    Given a target that asks for credentials
    When an unknown client sends an initialize request
    Then it gets a challenge that any token can answer

  @MCP-AUTH-041 @should @since-2025-03-26
  Scenario: A wrong token is called invalid
    Given a target that asks for credentials
    When a client with a wrong token sends an initialize request
    Then it gets a challenge that calls the token invalid
