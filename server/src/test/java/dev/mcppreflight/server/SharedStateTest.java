package dev.mcppreflight.server;

import static org.hamcrest.Matchers.equalTo;

import dev.mcppreflight.server.app.Main;
import dev.mcppreflight.server.store.TestDatabase;
import org.junit.jupiter.api.Test;

/** Two servers in processes of their own on one database, and a client of 2026-07-28 that meets now one, now the other. */
class SharedStateTest {

    private static final String TOOL = "test_input_required_result_multi_round";

    @Test
    void whatOneHandsOutTheOtherTakes() {
        TestDatabase.assumeSeveralSessions("two servers would be in one transaction");
        String database = TestDatabase.emptySchema();
        TestDatabase.store(database).close();
        try (Program one = start(database);
                Program two = start(database)) {
            StatelessClient here = client(one);
            StatelessClient there = client(two);
            String basket = here.call("open_basket", "{}").extract().path("result.content[0].text");
            String fig = "{\"basket\":\"" + basket + "\",\"item\":\"fig\"}";
            there.call("add_to_basket", fig).body("result.content[0].text", equalTo("In the basket: fig"));
            here.call("add_to_basket", fig).body("result.content[0].text", equalTo("In the basket: fig, fig"));

            String first = here.call(TOOL, "{}").extract().path("result.requestState");
            String second = there.call(TOOL, "{}", answer("step1", "name", "Ada", first))
                    .body("result.resultType", equalTo("input_required"))
                    .extract()
                    .path("result.requestState");
            here.call(TOOL, "{}", answer("step2", "color", "red", second))
                    .body("result.content[0].text", equalTo("Ada likes red."));
        }
    }

    private static Program start(String database) {
        return Program.start(Main.class, "--port", "0", "--profile", "everything", "--database", database);
    }

    private static StatelessClient client(Program server) {
        return new StatelessClient(server.after("preflight-server ready ")).can("{\"elicitation\":{}}");
    }

    private static String answer(String step, String field, String value, String state) {
        return "\"inputResponses\":{\"" + step + "\":{\"action\":\"accept\",\"content\":{\"" + field + "\":\"" + value
                + "\"}}},\"requestState\":\"" + state + "\"";
    }
}
