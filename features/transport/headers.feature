@streamable
Feature: Headers are read as HTTP reads them

  ChatGPT, Claude and browsers write the same request in different headers.
  A server that compares them literally works with one client and fails with the next.

  Background:
    Given a target that speaks Streamable HTTP
    And a target that opens a session

  @MCP-STREAM-048 @advisory @since-2025-03-26
  Scenario: A client that accepts only JSON is served or refused clearly
    When a client that accepts only JSON sends a ping
    Then it gets a usable answer or a clear refusal

  @MCP-STREAM-052 @advisory @since-2025-03-26
  Scenario: A client that accepts anything is served or refused clearly
    When a client that accepts anything sends a ping
    Then it gets a usable answer or a clear refusal

  @MCP-STREAM-051 @should @since-2025-03-26
  Scenario: Order and weights in Accept do not matter
    When a client that lists its types in another order sends a ping
    Then it gets an answer

  @MCP-STREAM-050 @should @since-2025-03-26
  Scenario: A named character set changes nothing
    When a client that names its character set sends a ping
    Then it gets an answer

  @MCP-STREAM-055 @advisory @since-2025-03-26
  Scenario: A client that offers compression is answered
    When a client that offers compression sends a ping
    Then it gets an answer

  @MCP-STREAM-056 @advisory @since-2025-03-26
  Scenario: A HEAD request is answered
    When a client sends a HEAD request
    Then it gets no failure of the server

  @MCP-STREAM-057 @also-MCP-AUTH-038 @advisory @since-2025-03-26
  Scenario: Web pages of this machine may send their headers
    When a client sends a CORS preflight request
    Then it gets leave for web pages to send their headers

  @MCP-STREAM-058 @advisory @since-2025-03-26
  Scenario: Web pages of this machine see their session id
    When a web page on this machine sends an initialize request
    Then it gets its session id in sight of web pages

  @MCP-CLIENT-014 @advisory @since-2025-03-26
  Scenario: Changes are announced only where they can be told
    When a new client sends a request for its event stream
    Then it gets no promise of changes that cannot be told

  @MCP-PVH-001 @should @since-2025-06-18 @until-2025-11-25
  Scenario: A missing version header is forgiven
    When a client without a version header sends a ping
    Then it gets an answer

  @MCP-PVH-002 @must @since-2025-06-18 @until-2025-11-25
  Scenario: An unpublished version header is refused
    When a client with an unpublished version header sends a ping
    Then it gets the status bad request

  @MCP-PVH-003 @should @since-2025-06-18 @until-2025-11-25
  Scenario: The negotiated version header is accepted on every method
    When a new client sends a request for its event stream
    Then it gets an event stream or method not allowed

  @MCP-STREAM-003 @also-MCP-SEC-010 @must @since-2025-03-26
  Scenario: A foreign web page is turned away
    When a foreign web page sends an initialize request
    Then it gets a refusal by HTTP

  @MCP-STREAM-004 @must @since-2025-11-25
  Scenario: A foreign web page is turned away as forbidden
    When a foreign web page sends an initialize request
    Then it gets the status forbidden

  @MCP-STREAM-060 @advisory @since-2025-03-26
  Scenario: A foreign host is turned away
    When a client that names a foreign host sends an initialize request
    Then it gets a refusal by HTTP
