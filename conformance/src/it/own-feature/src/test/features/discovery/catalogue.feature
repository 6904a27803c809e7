@sse @streamable @stdio
Feature: The catalogue of our company

  Background:
    Given a target that declares tools

  @ACME-001 @must
  Scenario: Every tool is described
    When a client lists the tools
    Then the list has a description for each
