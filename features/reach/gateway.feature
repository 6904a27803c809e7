@sse @streamable
Feature: Nothing in front of the server answers in its place

  Tunnels, proxies and login pages answer with pages of their own.
  To a client they are the server.

  Background:
    Given a target that can be reached

  @MCP-REACH-004 @advisory @since-2024-11-05
  Scenario: No gateway reports an error
    When a client knocks
    Then it gets no error of a gateway

  @MCP-REACH-005 @advisory @since-2024-11-05
  Scenario: The address answers itself
    When a client knocks
    Then it gets no redirect

  @MCP-REACH-006 @advisory @since-2024-11-05
  Scenario: No web page takes the place of the protocol
    When a client knocks
    Then it gets no web page

  @MCP-REACH-007 @must @since-2024-11-05
  Scenario: The body is as long as announced
    When a client knocks
    Then it gets a body as long as announced

  @MCP-REACH-008 @should @since-2024-11-05
  Scenario: The body is coded as the client asked
    When a client knocks
    Then it gets a body in a coding that was asked for

  @MCP-REACH-009 @advisory @since-2024-11-05
  Scenario: No cookie is needed
    When a client initializes
    Then it gets no cookie

  @MCP-REACH-011 @advisory @since-2024-11-05
  Scenario: A client that calls itself ChatGPT is not turned away
    Given a target that carries messages
    When a client that calls itself ChatGPT sends an initialize request
    Then it gets the same welcome as any other
