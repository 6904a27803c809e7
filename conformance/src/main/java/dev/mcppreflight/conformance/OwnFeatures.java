package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.engine.CucumberEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the features of somebody else before a run, which a mistake in them would spoil. */
final class OwnFeatures {

    private OwnFeatures() {}

    /** @throws IllegalArgumentException with one line that says what is wrong with them */
    static void require(Path folder) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there is no feature file below " + folder);
        }
        Set<String> stages = Arrays.stream(Stage.values()).map(Stage::word).collect(Collectors.toSet());
        for (Path file : files) {
            Path within = folder.relativize(file);
            if (within.getNameCount() != 2 || !stages.contains(within.getName(0).toString())) {
                throw new IllegalArgumentException(within
                        + " has to stand in a folder named after its stage, such as discovery/" + file.getFileName());
            }
        }
        Set<String> ids = new HashSet<>();
        for (Check check : read(folder)) {
            if (!ids.add(check.id())) {
                throw new IllegalArgumentException("two checks are called " + check.id());
            }
        }
    }

    private static List<Check> read(Path folder) {
        try {
            return new CucumberEngine("", 1, List.of(folder.toAbsolutePath())).checks();
        } catch (RuntimeException e) {
            String why = e.getMessage() == null ? "" : e.getMessage().replaceAll("\\s+", " ");
            throw new IllegalArgumentException("the features in " + folder + " cannot be played: " + why, e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".feature")).toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no folder " + folder, e);
        }
    }
}
