@sse @streamable
Feature: A server without a sign-in says so

  Clients that find sign-in metadata begin to sign in, whether the server asks for it or not.

  Background:
    Given a target that lets everybody in

  @MCP-AUTH-044 @advisory @since-2025-03-26
  Scenario: An open server publishes no sign-in metadata
    When a client reads its sign-in metadata at each place
    Then it gets no sign-in metadata
