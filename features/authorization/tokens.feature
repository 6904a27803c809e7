@sse @streamable
Feature: A token opens what it was issued for, and nothing else

  Most of these tokens only the operator can get; some can be forged, and must not do.

  Background:
    Given a target that asks for tokens that are issued

  @MCP-AUTH-042 @must @since-2025-03-26
  Scenario: A token that nobody signed is refused
    When a client with an unsigned token sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-014 @must @since-2025-06-18
  Scenario: A token of another issuer is refused
    When a client with a token of another issuer sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-010 @must @since-2025-03-26
  Scenario: A token that was changed is refused
    When a client with a changed token sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-007 @also-MCP-AUTH-034 @must @since-2025-03-26
  Scenario: An expired token is refused
    When a client with an expired token sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-012 @also-MCP-AUTH-016 @also-MCP-SEC-001 @must @since-2025-06-18
  Scenario: A token for another server is refused
    When a client with a token for another server sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-013 @must @since-2025-06-18
  Scenario: A token for no server is refused
    When a client with a token for no server sends an initialize request
    Then it gets a refusal as unidentified

  @MCP-AUTH-020 @should @since-2025-03-26
  Scenario: A token in the address is not looked at
    When a client with its token in the address sends an initialize request
    Then it gets a refusal as unidentified or as malformed

  @MCP-AUTH-018 @must @since-2025-06-18
  Scenario: The token goes no further
    Given a target that lets the given credentials in
    When a client sends a call of the tool that shows its upstream
    Then it gets no token of its own

  @MCP-AUTH-030 @should @since-2025-06-18
  Scenario: Upper case makes no other server
    When a client with a token in another case sends an initialize request
    Then it gets no demand for credentials

  @MCP-SEC-012 @should @since-2024-11-05
  Scenario: Few permissions are enough to connect
    When a client with few permissions sends an initialize request
    Then it gets no demand for credentials

  @MCP-AUTH-008 @must @since-2025-03-26
  Scenario: A missing permission is not a missing sign-in
    Given a target that offers tools
    When a client with few permissions sends a call of a safe tool
    Then it gets a refusal for want of permission

  @MCP-AUTH-024 @should @since-2025-11-25
  Scenario: A missing permission is named
    Given a target that offers tools
    When a client with few permissions sends a call of a safe tool
    Then it gets a challenge that names the missing permission

  @MCP-AUTH-028 @must @since-2026-07-28
  Scenario: A broad permission holds the narrow ones
    Given a target that speaks 2026-07-28
    And a target that offers tools
    When a client with broad permissions sends a call of a safe tool
    Then it gets no further demand for permission

  @MCP-AUTH-025 @also-MCP-AUTH-026 @should @since-2025-11-25
  Scenario: The permission that was named is enough
    Given a target that offers tools
    When a client that got the missing permission sends a call of a safe tool
    Then it gets no further demand for permission

  @MCP-AUTH-047 @advisory @since-2025-03-26
  Scenario: Whoever was let in may call the tools
    Given a target that lets the given credentials in
    And a target that offers tools
    When a client calls the tools that only read
    Then it gets no demand for credentials

  @MCP-SEC-003 @also-MCP-SEC-006 @must @since-2024-11-05 @until-2025-11-25
  Scenario: A session belongs to its user
    Given a target that lets the given credentials in
    When another user in the same session sends a ping
    Then it gets nothing of the protocol
