package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads lists page by page. */
record ListReader(Contact contact, Session session) {

    /** No list that a person or a model can use is longer; a page may be. */
    private static final int MOST_ITEMS = 10_000;

    /** Reads a list to its end, or to where it goes wrong; never for ever. */
    Listing read(Listing.Kind kind) {
        List<Reply> pages = new ArrayList<>();
        List<Json> items = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        Json params = Json.MISSING;
        while (true) {
            boolean confirmed = contact.isConfirmed();
            Reply page = ask(kind, params);
            if (!page.isResult() && !confirmed) {
                // Some serve nothing before they have read the confirmation, which was still on its way.
                contact.initialized();
                page = ask(kind, params);
            }
            pages.add(page);
            if (!page.isResult()) {
                return new Listing(kind, pages, items, "page " + pages.size() + " was answered by " + page.observed());
            }
            items.addAll(page.result().get(kind.member()).items());
            Json cursor = page.result().get("nextCursor");
            if (cursor.isMissing() || cursor.isNull()) {
                return new Listing(kind, pages, items, "");
            }
            if (cursor.text().isEmpty()) {
                return new Listing(kind, pages, items, "page " + pages.size() + " ends with an empty cursor");
            }
            if (!cursors.add(cursor.text())) {
                return new Listing(
                        kind, pages, items, "page " + pages.size() + " repeats the cursor of an earlier page");
            }
            if (items.size() > MOST_ITEMS) {
                return new Listing(kind, pages, items, "more than " + MOST_ITEMS + " items");
            }
            if (pages.size() >= contact.target().limits().maxPages()) {
                return new Listing(kind, pages, items, "more than " + pages.size() + " pages");
            }
            params = Json.object("cursor", cursor.text());
        }
    }

    private Reply ask(Listing.Kind kind, Json params) {
        return session.send(Outgoing.plain(kind.purpose(), contact.request(kind.method(), params)), contact.log());
    }
}
