package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sign-in at a proxy, as far as the page of the third party, in a browser of its own: the page is opened in the name of a
 * client, and its button pressed.
 */
public final class ProxyTrial {

    private final Function<String, URI> request;
    private final Browsing browser;
    private final Document page;
    private final List<Cookie> before;
    private final Optional<Document> pressed;

    /**
     * @param request the address of the authorization page for a client id, with a proof key and a state of its own
     * @param id who signs in
     */
    ProxyTrial(Function<String, URI> request, Browsing browser, String id) {
        this.request = request;
        this.browser = browser;
        page = browser.open(Purpose.PROXY_PAGE, request.apply(id));
        before = browser.cookies();
        pressed = form().map(form -> browser.press(
                Purpose.PROXY_CONSENT, form, URI.create(page.exchange().url())));
    }

    /** What the browser was shown. */
    public Document page() {
        return page;
    }

    /** What pressing the button led to; nothing where no page had a button that allows. */
    public Optional<Document> pressed() {
        return pressed;
    }

    /** What the browser saw last. */
    public Document last() {
        return pressed.orElse(page);
    }

    /** Where a page sends the browser on, if to another site. */
    public Optional<URI> away(Document page) {
        return browser.away(page);
    }

    /** The cookies that the browser had before the button was pressed. */
    public List<Cookie> cookiesBefore() {
        return before;
    }

    /** The cookies that it has now. */
    public List<Cookie> cookies() {
        return browser.cookies();
    }

    /** What a browser is shown that has all of these cookies, for this client. */
    public Document again(String id) {
        return browser.with(cookie -> true).open(Purpose.PROXY_PAGE, request.apply(id));
    }

    /** The same without this one. */
    public Document without(Cookie cookie, String id) {
        return browser.with(known -> !known.name().equals(cookie.name())).open(Purpose.PROXY_PAGE, request.apply(id));
    }

    /** The same with this one in place of that of its name. */
    public Document with(Cookie cookie, String id) {
        Browsing other = browser.with(known -> true);
        other.replace(cookie);
        return other.open(Purpose.PROXY_PAGE, request.apply(id));
    }

    /** What a browser is shown that knows nothing. */
    public Document unknown(String id) {
        return browser.with(cookie -> false).open(Purpose.PROXY_PAGE, request.apply(id));
    }

    /** A parameter of the address of the third party to which the browser was sent on; empty for none. */
    public String sent(String name) {
        return browser.away(last())
                .map(to -> Parameters.of(to.getRawQuery()).get(name))
                .orElse("");
    }

    /** Comes back from the third party with an error and this state; null for none. */
    public Document comeBack(String state) {
        Parameters back = Parameters.NONE.with("error", "access_denied").with("state", state);
        return browser.open(Purpose.PROXY_RETURN, back.on(sent("redirect_uri")));
    }

    private Optional<PageForm> form() {
        return page.exchange().status() == 200
                ? PageForm.consenting(page.exchange().body())
                : Optional.empty();
    }
}
