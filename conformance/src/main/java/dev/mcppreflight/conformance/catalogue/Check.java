package dev.mcppreflight.conformance.catalogue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One scenario, one verdict.
 *
 * @param id the requirement that is its identity
 * @param name the scenario's title
 * @param feature the feature file without its ending, such as {@code transport/sse}
 * @param stage the rung it belongs to
 * @param level how strongly the specification says it
 * @param requirements the id and the further rows that it covers
 * @param transports the words of the transports it is for
 * @param since the first revision in which it holds
 * @param until the last one
 */
public record Check(
        String id,
        String name,
        String feature,
        Stage stage,
        Level level,
        List<String> requirements,
        Set<String> transports,
        String since,
        String until) {

    private static final Pattern ID = Pattern.compile("@[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-\\d{3}");

    /** The revisions in which it holds. */
    public List<String> revisions() {
        return Revision.between(since, until);
    }

    /** Reads the tags of a scenario, those of its feature included. */
    public static Check of(String name, String feature, List<String> tags) {
        String id = tags.stream()
                .filter(tag -> ID.matcher(tag).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no id such as @ACME-001 on '" + name + "'"))
                .substring(1);
        List<String> requirements = new java.util.ArrayList<>(List.of(id));
        tags.stream()
                .filter(tag -> tag.startsWith("@also-"))
                .forEach(tag -> requirements.add(tag.substring("@also-".length())));
        Level level = java.util.Arrays.stream(Level.values())
                .filter(candidate -> tags.contains("@" + candidate.word()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no level on '" + name + "'"));
        Stage stage = Stage.of(feature.substring(0, feature.indexOf('/')));
        Set<String> transports = new java.util.LinkedHashSet<>();
        for (String word : List.of("sse", "streamable", "stdio")) {
            if (tags.contains("@" + word)) {
                transports.add(word);
            }
        }
        String since = tags.stream()
                .filter(tag -> tag.startsWith("@since-"))
                .map(tag -> tag.substring("@since-".length()))
                .findFirst()
                .orElse(Revision.ALL.get(0));
        String until = tags.stream()
                .filter(tag -> tag.startsWith("@until-"))
                .map(tag -> tag.substring("@until-".length()))
                .findFirst()
                .orElse(Revision.newest());
        return new Check(id, name, feature, stage, level, List.copyOf(requirements), transports, since, until);
    }
}
