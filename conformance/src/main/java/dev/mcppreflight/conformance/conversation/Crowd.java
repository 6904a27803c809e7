package dev.mcppreflight.conformance.conversation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What many clients do at once. A new way is one more constant here. */
public enum Crowd implements Phrases.Phrase {
    LISTENS("opens streams and falls silent", CrowdVisit::listen),
    HASTENS("asks before it initializes", CrowdVisit::hasten),
    STAYS("comes and stays", CrowdVisit::stay),
    VANISHES("comes and goes without a good-bye", CrowdVisit::vanish);

    private final String phrase;
    private final Function<CrowdVisit, List<Reply>> visit;

    Crowd(String phrase, Function<CrowdVisit, List<Reply>> visit) {
        this.phrase = phrase;
        this.visit = visit;
    }

    /** What scenarios call so. */
    public static Crowd of(String phrase) {
        return Phrases.find(values(), phrase, "way of a crowd");
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return Arrays.stream(values()).map(Crowd::phrase).toList();
    }

    @Override
    public String phrase() {
        return phrase;
    }

    /** The answers that count. */
    List<Reply> visit(CrowdVisit by) {
        return visit.apply(by);
    }
}
