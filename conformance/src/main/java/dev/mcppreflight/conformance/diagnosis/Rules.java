package dev.mcppreflight.conformance.diagnosis;

import java.util.List;
import java.util.stream.Stream;

/**
 * All rules in the order of the ladder, which is the order in which causes are named. To add one, write a line
 * {@code rule("ID", it -> ...)} into the class of its stage, below the rules that should be named before it, and a row with
 * that id into {@code causes.yaml}; where it only follows from another cause, a line into {@link Precedence}.
 */
final class Rules {

    private Rules() {}

    static List<Rule> all() {
        return Stream.of(
                        ConfigurationRules.starting(),
                        ReachRules.all(),
                        TransportRules.all(),
                        WayRules.all(),
                        StreamRules.all(),
                        LineRules.all(),
                        AuthorizationRules.all(),
                        MetadataRules.all(),
                        SignInRules.all(),
                        HandshakeRules.all(),
                        DiscoveryRules.all(),
                        CallRules.all(),
                        ResultRules.all(),
                        ClientRules.all(),
                        ConfigurationRules.ofHosts(),
                        HostRules.all(),
                        ResilienceRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
