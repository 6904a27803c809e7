package dev.mcppreflight.server.reference;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Document;
import io.cucumber.java.After;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The words of {@code features/reference}. */
public final class ReferenceSteps {

    private final Visitor visitor;

    public ReferenceSteps(Visitor visitor) {
        this.visitor = visitor;
    }

    @ParameterType("over HTTP\\+SSE|over Streamable HTTP|by REST")
    public Way way(String phrase) {
        return Way.of(phrase);
    }

    @Given("the reference server")
    public void theServer() {
        visitor.start(null);
    }

    @Given("the reference server with a limit of {int} requests a minute")
    public void theServerWithALimit(int requests) {
        visitor.start(RateLimit.of(requests + "/m"));
    }

    @Given("its store is away")
    public void storeAway() {
        visitor.absence().begin();
    }

    @Given("a client with an open session")
    public void openSession() {
        visitor.openSession();
    }

    @When("its store comes back")
    public void storeBack() {
        visitor.absence().end();
    }

    @When("the server is restarted on its port")
    public void restart() {
        visitor.restart();
    }

    @When("a client asks for the statistics {way}")
    public void statistics(Way way) {
        visitor.statistics(way);
    }

    @When("a client lists the tools {way}")
    public void tools(Way way) {
        visitor.tools(way);
    }

    @ParameterType("tools|prompts|resources|resource templates")
    public String list(String name) {
        return name;
    }

    @ParameterType("\\d{4}-\\d{2}-\\d{2}")
    public String revision(String date) {
        return date;
    }

    @When("a client asks for the list of {list} in revision {revision}")
    public void listIn(String list, String revision) {
        visitor.list(list, revision);
    }

    @When("a client calls {word} with {} in revision {revision}")
    public void callIn(String tool, String arguments, String revision) {
        visitor.callIn(revision, tool, arguments);
    }

    @When("a client searches for {string} {way}")
    public void search(String question, Way way) {
        visitor.search(way, question);
    }

    @When("a client fetches the first document that {string} finds")
    public void fetch(String question) {
        Map<?, ?> found = visitor.call(Way.STREAMABLE, "search", Map.of("query", question));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) found.get("results")).get(0);
        visitor.call(Way.STREAMABLE, "fetch", Map.of("id", first.get("id")));
    }

    @When("a client gets {string}")
    public void get(String path) {
        visitor.get(path);
    }

    @When("a client gets {string} {int} times")
    public void getTimes(String path, int times) {
        for (int i = 0; i < times; i++) {
            visitor.get(path);
        }
    }

    @When("it waits as long as it was told")
    public void waitAsTold() {
        visitor.waitAsTold();
    }

    @Then("it is told the figures of the bundled collection")
    public void figures() {
        List<Document> documents = new BundledCorpus().read();
        Map<?, ?> figures = (Map<?, ?>) visitor.last();
        assertAll(
                () -> assertEquals(documents.size(), figures.get("total_documents")),
                () -> assertTrue((int) figures.get("total_chunks") >= documents.size(), figures::toString),
                () -> assertTrue(((Number) figures.get("avg_chunk_size")).longValue() > 100, figures::toString),
                () -> assertTrue(((Number) figures.get("total_size_mb")).doubleValue() > 0, figures::toString),
                () -> assertFalse(String.valueOf(figures.get("timestamp")).isBlank(), figures::toString));
    }

    @Then("both are told the same")
    public void theSame() {
        assertEquals(2, visitor.told().size());
        assertFalse(((Collection<?>) visitor.last()).isEmpty());
        assertEquals(visitor.told().get(0), visitor.last());
    }

    @Then("it is told the whole text of that document")
    public void wholeText() {
        Map<?, ?> fetched = (Map<?, ?>) visitor.last();
        Document document = new BundledCorpus()
                .read().stream()
                        .filter(each -> each.id().equals(fetched.get("id")))
                        .findFirst()
                        .orElseThrow();
        assertEquals(document.text(), fetched.get("text"));
    }

    @Then("it is told that nothing was found")
    public void nothing() {
        assertEquals(List.of(), visitor.last());
        assertEquals(Boolean.FALSE, Boolean.TRUE.equals(visitor.result().isError()));
    }

    @Then("it is told that the database is unavailable")
    public void unavailable() {
        assertEquals(Boolean.TRUE, visitor.result().isError());
        assertTrue(visitor.result().toString().contains("database_unavailable"), () -> visitor.result()
                .toString());
    }

    @Then("the server lives, but is not ready")
    public void notReady() {
        visitor.server().request().get("/health").then().statusCode(200);
        visitor.server().request().get("/health/ready").then().statusCode(503).body("status", equalTo("not-ready"));
    }

    @Then("it is told something in JSON")
    public void json() {
        visitor.answer().then().statusCode(200).header("Content-Type", matchesPattern("application/json.*"));
        assertFalse(visitor.answer().jsonPath().getMap("$").isEmpty());
    }

    @Then("it is told to wait")
    public void toWait() {
        visitor.answer()
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("code", equalTo("rate_limited"));
    }

    @Then("the old session is not found")
    public void oldSession() {
        visitor.pingInOldSession().then().statusCode(404);
    }

    @Then("a new session opens")
    public void newSession() {
        visitor.openSession();
        visitor.pingInOldSession().then().statusCode(200);
    }

    @Then("the answer names the id of its request")
    public void requestId() {
        visitor.answer().then().header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
    }

    @After
    public void close() {
        visitor.close();
    }
}
