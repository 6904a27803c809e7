@S-078
Feature: The reference server answers from its documents

  What a user asks first in ChatGPT is how many documents there are. A wrong figure, a zero or a polite "nothing found" in place
  of an error makes everything after it worthless.

  Background:
    Given the reference server

  @S-030 @T-17
  Scenario Outline: The statistics are those of the collection, asked <way>
    When a client asks for the statistics <way>
    Then it is told the figures of the bundled collection

    Examples:
      | way                  |
      | over HTTP+SSE        |
      | over Streamable HTTP |
      | by REST              |

  @S-003 @S-013 @S-049
  Scenario: The tools are the same on both transports over HTTP
    When a client lists the tools over HTTP+SSE
    And a client lists the tools over Streamable HTTP
    Then both are told the same

  @S-004 @S-054
  Scenario Outline: "<question>" finds the same passages by tool and by REST
    When a client searches for "<question>" over Streamable HTTP
    And a client searches for "<question>" by REST
    Then both are told the same

    Examples:
      | question             |
      | bail à loyer         |
      | roof repair estimate |
      | assurance incendie   |

  @S-052
  Scenario: What a search finds can be fetched
    When a client fetches the first document that "bail à loyer" finds
    Then it is told the whole text of that document

  @T-12
  Scenario: A search without hits is no failure
    When a client searches for "zzzzqqqq" over Streamable HTTP
    Then it is told that nothing was found

  @S-045 @S-008
  Scenario Outline: <path> answers a request of one line
    When a client gets "<path>"
    Then it is told something in JSON

    Examples:
      | path                   |
      | /api/stats             |
      | /api/documents?limit=2 |
      | /openapi.json          |
      | /health/ready          |

  @T-20
  Scenario: The health checks of hosting platforms are answered
    When a client gets "/"
    Then it is told something in JSON
