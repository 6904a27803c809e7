package dev.mcppreflight.conformance.engine;

import dev.mcppreflight.conformance.catalogue.Stage;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.gherkin.Step;
import io.cucumber.core.gherkin.StepType;
import io.cucumber.core.order.PickleOrder;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order in which scenarios are played: what takes long, or may be waited for in vain, begins first, so that all waiting
 * goes on at the same time. What is asked for the first time therefore goes before what is asked again, and the stages whose
 * scenarios wait (for a client of another maker, for the end of a stream or a process) before the others. Calls of tools go
 * last: they may end a server, and with it the answers to what was asked beside them.
 */
final class LongestFirst implements PickleOrder {

    /** A handshake leaves a process behind that others can use, and is therefore done before what needs none. */
    private static final List<String> WAITING =
            List.of("/clients/hosted.feature", in(Stage.HANDSHAKE), in(Stage.TRANSPORT));

    private static final List<String> CALLING = List.of("/clients/deep-research.feature", in(Stage.CALLS));

    private static String in(Stage stage) {
        return "/" + stage.word() + "/";
    }

    @Override
    public List<Pickle> orderPickles(List<Pickle> pickles) {
        Set<String> asked = new HashSet<>();
        List<Pickle> byStage = pickles.stream()
                .sorted(Comparator.comparing(LongestFirst::rank))
                .toList();
        List<Pickle> first =
                byStage.stream().filter(pickle -> asked.add(question(pickle))).toList();
        Set<Pickle> leading = new HashSet<>(first);
        return Stream.concat(first.stream(), byStage.stream().filter(pickle -> !leading.contains(pickle)))
                .toList();
    }

    private static int rank(Pickle pickle) {
        String uri = pickle.getUri().toString();
        if (CALLING.stream().anyMatch(uri::contains)) {
            return WAITING.size() + 1;
        }
        return WAITING.stream()
                .filter(uri::contains)
                .findFirst()
                .map(WAITING::indexOf)
                .orElse(WAITING.size());
    }

    /** What is done in it, whatever is expected then. */
    private static String question(Pickle pickle) {
        return pickle.getSteps().stream()
                .filter(step -> step.getType() == StepType.WHEN)
                .map(Step::getText)
                .findFirst()
                .orElse("");
    }
}
