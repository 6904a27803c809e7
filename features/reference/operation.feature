Feature: The reference server keeps its feet

  Databases go away, servers are restarted, and somebody always asks too often. None of it may end the process, be taken for an
  empty collection, or need a restart to be over.

  @S-011
  Scenario: Without its store it says so and lives on
    Given the reference server
    And its store is away
    When a client asks for the statistics over Streamable HTTP
    Then it is told that the database is unavailable
    And the server lives, but is not ready

  @S-011
  Scenario: With its store back it goes on by itself
    Given the reference server
    And its store is away
    When its store comes back
    And a client asks for the statistics over Streamable HTTP
    Then it is told the figures of the bundled collection

  @S-011
  Scenario: A search without the store is no search without result
    Given the reference server
    And its store is away
    When a client searches for "bail à loyer" over Streamable HTTP
    Then it is told that the database is unavailable

  @S-057
  Scenario: Who asks too often is told when to come back
    Given the reference server with a limit of 3 requests a minute
    When a client gets "/api/stats" 4 times
    Then it is told to wait

  @S-057
  Scenario: Who has waited is served again
    Given the reference server with a limit of 3 requests a minute
    When a client gets "/api/stats" 4 times
    And it waits as long as it was told
    And a client gets "/api/stats"
    Then it is told something in JSON

  @S-068
  Scenario: After a restart an old session is not found, and a new one works
    Given the reference server
    And a client with an open session
    When the server is restarted on its port
    Then the old session is not found
    And a new session opens

  @S-058 @S-065
  Scenario: Every answer carries the id of its request
    Given the reference server
    When a client gets "/api/stats"
    Then the answer names the id of its request
