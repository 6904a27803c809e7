@S-007
Feature: The reference server is the same in every revision

  Clients that keep a session and clients that introduce themselves with each request come to one address. Who moves from one
  kind to the other finds what was there.

  Background:
    Given the reference server

  Scenario Outline: The list of <list> is the same with a session and without
    When a client asks for the list of <list> in revision 2025-11-25
    And a client asks for the list of <list> in revision 2026-07-28
    Then both are told the same

    Examples:
      | list               |
      | tools              |
      | prompts            |
      | resources          |
      | resource templates |

  Scenario Outline: <tool> answers the same with a session and without
    When a client calls <tool> with <arguments> in revision 2025-11-25
    And a client calls <tool> with <arguments> in revision 2026-07-28
    Then both are told the same

    Examples:
      | tool                | arguments                  |
      | search              | {"query": "bail à loyer"}  |
      | fetch               | {"id": "no-such-document"} |
      | search_documents    | {"query": "toiture"}       |
      | get_context_for_rag | {"query": "toiture"}       |
      | list_documents      | {"limit": 3}               |
      | get_document        | {"id": "no-such-document"} |
      | search              | {"query": 7}               |
