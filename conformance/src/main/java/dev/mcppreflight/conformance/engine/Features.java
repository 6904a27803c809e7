package dev.mcppreflight.conformance.engine;

import dev.mcppreflight.conformance.catalogue.Stage;
import io.cucumber.core.feature.FeatureParser;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.FeaturePathFeatureSupplier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The features to play. Those that travel with this tool never change, and are read once, however many targets are checked. */
final class Features {

    /** Where they stand below the roots of the class path. */
    static final String FOLDER = "/dev/mcppreflight/features/";

    private static final String CLASS_PATH = "classpath:";

    private Features() {}

    /** Ours, read when first asked for. */
    private static final class Own {
        static final List<Feature> ALL = read(
                Arrays.stream(Stage.values()).map(stage -> FeatureWithLines.parse(CLASS_PATH + FOLDER + stage.word())));
    }

    /**
     * The features of these stages.
     *
     * @param folders with features of somebody else, each in a folder named after its stage
     */
    static List<Feature> of(List<Stage> stages, List<Path> folders) {
        Stream<Feature> own = Own.ALL.stream().filter(feature -> stages.stream()
                .anyMatch(stage ->
                        feature.getUri().getSchemeSpecificPart().contains(FOLDER.substring(1) + stage.word() + "/")));
        Stream<FeatureWithLines> others = stages.stream()
                .flatMap(stage -> folders.stream().map(folder -> folder.resolve(stage.word())))
                .filter(Files::isDirectory)
                .map(folder -> FeatureWithLines.parse(folder.toUri().toString()));
        return Stream.concat(own, read(others).stream()).toList();
    }

    private static List<Feature> read(Stream<FeatureWithLines> places) {
        RuntimeOptionsBuilder options = new RuntimeOptionsBuilder();
        List<FeatureWithLines> found = places.toList();
        found.forEach(options::addFeature);
        return found.isEmpty()
                ? List.of()
                : new FeaturePathFeatureSupplier(
                                Features.class::getClassLoader, options.build(), new FeatureParser(UUID::randomUUID))
                        .get();
    }
}
