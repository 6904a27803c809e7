package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.SearchQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes answers of ranked chunks, the same way for every store. */
final class Fusion {

    /** The usual constant of reciprocal rank fusion: how little the very first ranks count more than the next. */
    private static final double SMOOTHING = 60;

    private static final double LEADS_BOTH = 2 / (SMOOTHING + 1);

    private Fusion() {}

    /** Returns how many chunks to look at: several of one document may lead the list. */
    static int candidates(SearchQuery query) {
        return Math.max(64, query.limit() * (query.eachDocumentOnce() ? 8 : 2));
    }

    /** Joins two lists, best first, by the ranks in each: their scores cannot be compared. */
    static List<Hit> fused(List<Hit> byMeaning, List<Hit> byWords) {
        Map<String, Hit> chunks = new HashMap<>();
        Map<String, Double> scores = new HashMap<>();
        for (List<Hit> hits : List.of(byMeaning, byWords)) {
            for (int i = 0; i < hits.size(); i++) {
                chunks.putIfAbsent(hits.get(i).chunkId(), hits.get(i));
                scores.merge(hits.get(i).chunkId(), 1 / (SMOOTHING + i + 1), Double::sum);
            }
        }
        return chunks.values().stream()
                .map(hit -> new Hit(hit.document(), hit.chunk(), scores.get(hit.chunkId()) / LEADS_BOTH))
                .sorted(order())
                .toList();
    }

    /** Returns the order of answers; ids decide between equals, so that equal searches give equal answers. */
    static Comparator<Hit> order() {
        return Comparator.comparingDouble(Hit::similarity)
                .reversed()
                .thenComparing(hit -> hit.document().id())
                .thenComparing(hit -> hit.chunk().index());
    }

    /** Returns what is left of a list, best first, after threshold and limit. */
    static List<Hit> answer(List<Hit> hits, SearchQuery query) {
        List<Hit> answer = new ArrayList<>();
        Set<String> documents = new HashSet<>();
        for (Hit hit : hits) {
            if (answer.size() == query.limit() || hit.similarity() < query.threshold()) {
                break;
            }
            if (documents.add(hit.document().id()) || !query.eachDocumentOnce()) {
                answer.add(hit);
            }
        }
        return answer;
    }
}
