package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a browser does without its user: it keeps cookies, and goes where it is sent within one site, but never back to the
 * client and never to another site.
 */
public final class Browsing {

    private static final int MOST_HOPS = 3;

    private final HttpProbe probe;
    private final WireLog log;
    private final String client;
    private final List<Cookie> cookies = new ArrayList<>();

    /** @param client the address that browsers come back to */
    Browsing(HttpProbe probe, WireLog log, String client) {
        this.probe = probe;
        this.log = log;
        this.client = client;
    }

    /** A browser that has the same cookies, as far as they are wanted. */
    Browsing with(Predicate<Cookie> wanted) {
        Browsing other = new Browsing(probe, log, client);
        cookies.stream().filter(wanted).forEach(other.cookies::add);
        return other;
    }

    /** The cookies that it keeps. */
    List<Cookie> cookies() {
        return List.copyOf(cookies);
    }

    /** Exchanges one cookie for another of its name. */
    void replace(Cookie cookie) {
        cookies.replaceAll(known -> known.name().equals(cookie.name()) ? cookie : known);
    }

    /** Opens a page. */
    Document open(String purpose, URI address) {
        return follow(purpose, send(purpose, "GET", address, List.of(), null));
    }

    /** Presses the button of a form. */
    Document press(String purpose, PageForm form, URI page) {
        Parameters fields = Parameters.NONE;
        for (String name : form.fields().keySet()) {
            fields = fields.with(name, form.fields().get(name));
        }
        URI address = page.resolve(form.action());
        if (!form.post()) {
            return open(purpose, fields.on(address.toString()));
        }
        List<Header> headers = List.of(
                new Header("Content-Type", "application/x-www-form-urlencoded"),
                new Header("Origin", page.getScheme() + "://" + page.getRawAuthority()),
                new Header("Referer", page.toString()));
        return follow(purpose, send(purpose, "POST", address, headers, fields.encoded()));
    }

    /** Where a page sends the browser, if neither within its site nor back to the client. */
    Optional<URI> away(Document page) {
        return target(page).filter(to -> !to.toString().startsWith(client)).filter(to -> !String.valueOf(
                        to.getRawAuthority())
                .equals(URI.create(page.exchange().url()).getRawAuthority()));
    }

    private Document follow(String purpose, Document first) {
        Document page = first;
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            Optional<URI> onward = target(page).filter(to -> !to.toString().startsWith(client));
            if (onward.isEmpty() || away(page).isPresent()) {
                return page;
            }
            page = send(purpose, "GET", onward.get(), List.of(), null);
        }
        return page;
    }

    private static Optional<URI> target(Document page) {
        try {
            URI from = URI.create(page.exchange().url());
            return page.exchange()
                    .header("Location")
                    .filter(location -> page.exchange().status() / 100 == 3)
                    .map(from::resolve);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Document send(String purpose, String method, URI address, List<Header> more, String body) {
        List<Header> headers = new ArrayList<>(Discovery.headers("text/html"));
        headers.addAll(more);
        String sent = cookies.stream()
                .filter(cookie -> cookie.goesTo(address))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            headers.add(new Header("Cookie", sent));
        }
        HttpAnswer answer = probe.send(new HttpRequest(method, address, headers, body), purpose, log);
        Header.all(answer.headers(), "Set-Cookie").stream().map(Cookie::of).forEach(this::keep);
        return new Document(purpose, answer.exchange(), Json.MISSING);
    }

    private void keep(Cookie cookie) {
        cookies.removeIf(known -> known.name().equals(cookie.name())
                && known.attributes()
                        .getOrDefault("path", "/")
                        .equals(cookie.attributes().getOrDefault("path", "/")));
        if (!cookie.isOver()) {
            cookies.add(cookie);
        }
    }
}
