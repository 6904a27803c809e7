package dev.mcppreflight.conformance.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a client of MCP servers, as its dated file in {@code clients/} says it. Each part is read when it is asked
 * for: reading all of all files would cost a short-lived program more time than its checks of a dead server.
 */
public final class Client {

    private final ClientFile file;

    Client(ClientFile file) {
        this.file = file;
    }

    /** What a target can be. */
    public enum Kind {
        ADDRESS,
        COMMAND;

        /** The word in files. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * From where it reaches a target.
     *
     * @param hosted whether from its maker's cloud rather than from its user's machine
     * @param causes the names by which causes call it
     */
    public record Reach(boolean hosted, Set<String> causes) {}

    /**
     * How it speaks on the wire.
     *
     * @param userAgent its user agent
     * @param clientName the name it gives in its handshake
     * @param clientVersion the version that goes with it
     * @param otherNames the names that other parts and versions of it give, in lower case and without a scope
     * @param revision the revision that it offers in initialize
     * @param discovers whether it asks server/discover first
     * @param carriesCredentials whether it sends keys and headers that its user enters
     * @param choosesTransport whether its user says which transport the address speaks
     * @param encodings the codings that it offers; empty when that is not known
     * @param readsAllPages whether it follows nextCursor
     * @param listens when it opens the GET stream: never, when-announced or always
     * @param fallsBackOn the statuses after which it tries HTTP+SSE
     * @param sseAccept its Accept header when it posts over HTTP+SSE; empty for both types
     * @param metadataAgent the user agent that reads sign-in metadata; empty for the same
     */
    public record Manner(
            String userAgent,
            String clientName,
            String clientVersion,
            Set<String> otherNames,
            String revision,
            boolean discovers,
            boolean carriesCredentials,
            boolean choosesTransport,
            String encodings,
            boolean readsAllPages,
            String listens,
            List<Integer> fallsBackOn,
            String sseAccept,
            String metadataAgent) {}

    /** How much a thing counts for a client. */
    public enum Weight {
        /** It cannot be used. */
        BLOCKS,
        /** It works in part, or nobody knows. */
        WARNS,
        /** Worth saying, and no more. */
        NOTES;

        /** The word in files and reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where a statement comes from.
     *
     * @param grade documented, reported, measured, specification, inferred or unknown
     * @param date when that was so
     * @param sources where to read it
     */
    public record Basis(String grade, String date, List<String> sources) {

        /** Whether nobody knows. */
        public boolean isUnknown() {
            return grade.equals("unknown");
        }
    }

    /**
     * What it makes of an answer to server/discover.
     *
     * @param answer the kind of answer
     */
    public record DiscoverRule(String answer, Weight weight, String says, Basis basis) {}

    /**
     * What it minds.
     *
     * @param id of a cause or a check
     */
    public record Rule(String id, Weight weight, String says, Basis basis) {}

    /**
     * How much it takes.
     *
     * @param measure tools, tool-name, tool-description, instructions, result (all but the first in characters) or seconds
     * @param most the largest value; nothing when it is not known or not fixed
     * @param says what else is to be said, or the empty string
     */
    public record Limit(String measure, Optional<Long> most, String says, Basis basis) {}

    /** Anything that is known, or known to be unknown. */
    public record Fact(String topic, String says, Basis basis) {}

    /**
     * What its user enters.
     *
     * @param value with placeholders in braces
     * @param kinds for which kinds of target
     */
    public record Field(String field, String value, Set<Kind> kinds) {}

    /** What its user does by hand, true on a day. */
    public record Step(String action, Set<Kind> kinds, Basis basis) {}

    /** Its short name, such as chatgpt. */
    public String name() {
        return file.own("client").text();
    }

    /** Its name for people. */
    public String title() {
        return file.own("title").text();
    }

    /** The day on which all of it was looked at. */
    public String date() {
        return file.own("date").text();
    }

    /** How it reaches such a target; nothing when it cannot. */
    public Optional<Reach> reach(Kind kind) {
        return ClientFile.reach(file.member("reaches").get(kind.word()));
    }

    /** How it speaks. */
    public Manner manner() {
        return ClientFile.manner(file.member("speaks"));
    }

    /** Whether it asks server/discover before anything else. */
    public boolean asksDiscoverFirst() {
        return file.member("speaks").get("discovers").isTrue();
    }

    /** What its user enters to sign in in this way: none, oauth or key; nothing when it has no such way. */
    public Optional<String> authentication(String way) {
        return Optional.of(file.member("authentication").get(way).text()).filter(text -> !text.isEmpty());
    }

    /** Whether it uses the tools search and fetch alone. */
    public boolean needsSearchAndFetch() {
        return file.own("needs-search-and-fetch").isTrue();
    }

    /** What it makes of this kind of answer to server/discover. */
    public Optional<DiscoverRule> discoverRule(String answer) {
        return file.row("discover", "answer: " + answer).map(ClientFile::discover);
    }

    /** All that is known of what it makes of answers to server/discover. */
    public List<DiscoverRule> discoverRules() {
        return ClientFile.rows(file.member("discover"), ClientFile::discover);
    }

    /** What it minds more or less than the severity of this cause, or the level of this check, says. */
    public Optional<Rule> rule(String id) {
        return file.row("rules", "cause: " + id)
                .or(() -> file.row("rules", "check: " + id))
                .map(ClientFile::rule);
    }

    /** All such rules, its own first. */
    public List<Rule> rules() {
        return file.everywhere("rules").map(ClientFile::rule).toList();
    }

    /** How much it takes. */
    public List<Limit> limits() {
        return ClientFile.rows(file.member("limits"), ClientFile::limit);
    }

    /** Everything else, what is not known included. */
    public List<Fact> facts() {
        return ClientFile.rows(file.own("facts"), ClientFile::fact);
    }

    /** What its user enters. */
    public List<Field> fields() {
        return ClientFile.rows(file.own("connector"), ClientFile::field);
    }

    /** How its user asks, with placeholders in braces. */
    public String question() {
        return file.own("question").text();
    }

    /** What its user does by hand. */
    public List<Step> steps() {
        return ClientFile.rows(file.own("steps"), ClientFile::step);
    }
}
