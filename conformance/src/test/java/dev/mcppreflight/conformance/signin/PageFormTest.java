package dev.mcppreflight.conformance.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageFormTest {

    @Test
    void theButtonThatAllowsIsPressed() {
        PageForm form = PageForm.consenting("""
                <form action="/search"><input name="q"><button>Search</button></form>
                <FORM method='post' action=/consent?a=1&amp;b=2>
                <input type=hidden name="csrf" value="a&#x26;b">
                <input type="checkbox" name="remember" checked><input type="checkbox" name="all" value="1">
                <button name="decision" value="deny">Do not allow</button>
                <button name="decision" value="yes"><b>Allow</b> access</button></FORM>""").orElseThrow();
        assertEquals("/consent?a=1&b=2", form.action());
        assertTrue(form.post());
        assertEquals(Map.of("csrf", "a&b", "remember", "on", "decision", "yes"), form.fields());
        assertEquals(List.of(), form.blanks());
    }

    @Test
    void aPageToSignInAtAllowsNothing() {
        String page =
                "<form><input name=user><input type=password name=pass><input type=submit value='Sign in'></form>";
        assertTrue(PageForm.consenting(page).isEmpty());
        assertEquals(
                List.of("user", "pass"),
                PageForm.of(page, label -> true).orElseThrow().blanks());
    }

    @Test
    void brokenPagesHaveNoForm() {
        assertTrue(PageForm.consenting("<form><button>Allow").isEmpty());
        assertTrue(PageForm.consenting("<form " + "a=\"".repeat(60_000)).isEmpty());
        assertTrue(PageForm.consenting("<form>".repeat(40_000)).isEmpty());
    }
}
