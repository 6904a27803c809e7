@streamable
Feature: Headers say the same as the body

  Since 2026-07-28 proxies and load balancers may route by headers; a server that does not compare them with the body can be
  made to do what nobody allowed.

  Background:
    Given a target that speaks Streamable HTTP
    And a target that speaks 2026-07-28

  @MCP-HDR-001 @also-MCP-HDR-005 @also-MCP-ERR-007 @must @since-2026-07-28
  Scenario: A request without its method header is refused
    When a client that leaves out its method header sends a discovery
    Then it gets the error header mismatch

  @MCP-HDR-002 @must @since-2026-07-28
  Scenario: A request with another method header is refused
    When a client whose method header names another method sends a discovery
    Then it gets the error header mismatch

  @MCP-HDR-003 @must @since-2026-07-28
  Scenario: A request without its name header is refused
    When a client that leaves out its name header sends a request with a name
    Then it gets the error header mismatch

  @MCP-HDR-004 @must @since-2026-07-28
  Scenario: A request with another name header is refused
    When a client whose name header names another sends a request with a name
    Then it gets the error header mismatch

  @MCP-HDR-006 @must @since-2026-07-28
  Scenario: A name in base64 is read before it is compared
    When a client that wraps its name header in base64 sends a request with a name
    Then it gets a result

  @MCP-HDR-007 @must @since-2026-07-28
  Scenario: Only the exact mark means base64
    When a client that wraps its name header in another form of base64 sends a request with a name
    Then it gets the error header mismatch

  @MCP-HDR-008 @must @since-2026-07-28
  Scenario: Names of headers are the same in lower case
    When a client that writes its headers in lower case sends a request with a name
    Then it gets a result

  @MCP-HDR-009 @should @since-2026-07-28
  Scenario: Values of headers are not the same in capitals
    When a client that writes its method in capitals sends a discovery
    Then it gets the error header mismatch

  @MCP-HDR-010 @must @since-2026-07-28
  Scenario: A letter that no header can carry is refused
    When a client with a letter in its name header that no header can carry sends a request with a name
    Then it gets the status bad request

  @MCP-PVH-005 @must @since-2026-07-28
  Scenario: A request without a version header is refused
    Given a target that speaks 2026-07-28 alone
    When a client without a version header sends a discovery
    Then it gets the error header mismatch

  @MCP-PVH-006 @must @since-2026-07-28
  Scenario: A request with another version header is refused
    When a client whose version header names another revision sends a discovery
    Then it gets the error header mismatch

  @MCP-HDR-013 @must @since-2026-07-28
  Scenario: Mirrored arguments have a name
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has names for mirrored arguments

  @MCP-HDR-014 @must @since-2026-07-28
  Scenario: Mirrored arguments have a name that a header can have
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has names for mirrored arguments that headers can have

  @MCP-HDR-015 @must @since-2026-07-28
  Scenario: Mirrored arguments have different names
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has names for mirrored arguments that come once

  @MCP-HDR-016 @must @since-2026-07-28
  Scenario: Mirrored arguments are simple values
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has mirrored arguments that are texts, integers or booleans

  @MCP-HDR-017 @must @since-2026-07-28
  Scenario: Mirrored integers are not too large
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has mirrored integers in the range that every client can count in

  @MCP-HDR-018 @must @since-2026-07-28
  Scenario: Mirrored arguments can be found
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has mirrored arguments within reach

  @MCP-HDR-019 @should @since-2026-07-28
  Scenario: Secrets are not mirrored
    Given a target that wants arguments in headers as well
    When a client lists the tools
    Then the list has no mirrored argument that is a secret by its name
