@sse @streamable
Feature: A proxy of another authorization server asks before it goes on

  It signs in at a third party under one client id. Who consented there once is not asked again, and so every client that
  anybody registers could be let in by that consent.

  Background:
    Given a target that may be tried as a proxy

  @MCP-SEC-013 @must @since-2024-11-05
  Scenario: Each client is asked for
    When a client reads where a consent at the proxy leads
    Then it gets a question for each client

  @MCP-SEC-015 @must @since-2024-11-05
  Scenario: A consent is remembered safely
    When a client reads where a consent at the proxy leads
    Then it gets a memory that nobody else can use or forge

  @MCP-SEC-017 @must @since-2024-11-05
  Scenario: The way back is open once
    When a client reads where a consent at the proxy leads
    Then it gets a state that leads back once
