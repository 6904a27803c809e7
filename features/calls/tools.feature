@sse @streamable @stdio
Feature: Tools can be called

  Only tools that declare readOnlyHint, or that the operator names, are ever called.

  Background:
    Given a target that offers tools

  @MCP-TOOLS-017 @also-MCP-WIRE-004 @must @since-2024-11-05
  Scenario: A result has content of known types
    When a client calls the tools that only read
    Then it gets content of known types

  @MCP-TOOLS-032 @must @since-2025-06-18
  Scenario: A result is as its output schema says
    When a client calls the tools that only read
    Then it gets structured content as its output schema says

  @MCP-TOOLS-030 @should @since-2025-06-18 @until-2025-11-25
  Scenario: Structured content is an object
    When a client calls the tools that only read
    Then it gets structured content that is an object, if any

  @MCP-TOOLS-029 @should @since-2025-06-18
  Scenario: Structured content stands as text too
    When a client calls the tools that only read
    Then it gets its structured content as text too

  @MCP-TOOLS-034 @should @since-2025-06-18
  Scenario: Content annotations are well formed
    When a client calls the tools that only read
    Then it gets content annotations that are well formed, if any

  @MCP-TOOLS-018 @should @since-2024-11-05
  Scenario: An unknown tool is a protocol error
    When a client sends a call of an unknown tool
    Then it gets the error invalid params

  @MCP-TOOLS-021 @should @since-2025-11-25
  Scenario: A malformed call is a protocol error
    When a client sends a call whose arguments are a text
    Then it gets a protocol error

  @MCP-TOOLS-038 @also-MCP-TOOLS-019 @must @since-2024-11-05
  Scenario: Arguments are validated
    When a client sends a call whose arguments break the input schema
    Then it gets an error of the tool or of the protocol

  @MCP-TOOLS-020 @should @since-2025-11-25
  Scenario: Wrong arguments are an error of the tool
    When a client sends a call whose arguments break the input schema
    Then it gets an error of the tool

  @MCP-PROG-004 @should @since-2024-11-05
  Scenario: No progress comes that was not asked for
    When a client sends a call of a safe tool
    Then it gets no progress that was not asked for
