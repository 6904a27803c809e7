@sse @streamable @stdio
Feature: Deep research can use it

  Deep research and company knowledge in ChatGPT use two tools and no other: search finds documents, fetch brings one of them.
  An app in developer mode needs neither.

  Background:
    Given a target that offers search and fetch

  @MCP-CLIENT-015 @advisory @since-2024-11-05
  Scenario: Both tools take what deep research gives them
    When a client lists the tools
    Then the list has search with a query and fetch with an id

  @MCP-CLIENT-016 @advisory @since-2024-11-05
  Scenario: What is found can be cited
    When a client sends a search for a word that it knows
    Then it gets results with id, title and address

  @MCP-CLIENT-017 @advisory @since-2024-11-05
  Scenario: What is found can be fetched
    When a client sends a fetch of what search found
    Then it gets a document with id, title, text and address

  @MCP-CLIENT-018 @advisory @since-2024-11-05
  Scenario: What does not exist cannot be fetched
    When a client sends a fetch of an unknown document
    Then it gets an error of the tool or of the protocol

  @MCP-CLIENT-019 @advisory @since-2024-11-05
  Scenario: Both tools say that they only read and what they return
    When a client lists the tools
    Then the list has search and fetch that only read and say what they return

  @MCP-CLIENT-020 @advisory @since-2024-11-05
  Scenario: Consumers old and new get the same results
    When a client sends a search for a word that it knows
    Then it gets the same in structured content and in one text
