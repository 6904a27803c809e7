@sse @streamable
Feature: The server can be reached

  A client that cannot reach a server says no more than "could not connect".
  These checks tell the name, the port, the certificate and the gateway apart.

  @MCP-REACH-001 @must @since-2024-11-05
  Scenario: The name resolves and the port accepts connections
    When a client knocks
    Then it gets a connection

  @MCP-REACH-002 @must @since-2024-11-05
  Scenario: The certificate is one that clients trust
    Given a target that is addressed over TLS
    When a client knocks
    Then it gets a TLS handshake with a trusted certificate

  @MCP-REACH-003 @must @since-2024-11-05
  Scenario: What answers speaks HTTP
    Given a target that can be connected to
    When a client knocks
    Then it gets an answer in HTTP
