package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Logging;
import dev.mcppreflight.server.replicas.Shelf;
import java.util.List;

/** The tools, prompts and resources that the official conformance suite asks servers for. */
public final class Everything {

    private Everything() {}

    /**
     * Returns the features of such a server.
     *
     * @param audience is told of changes
     * @param shelf what it has in common with its replicas
     */
    public static List<Feature> features(Audience audience, JsonCodec json, Shelf shelf) {
        FixtureResources resources = new FixtureResources(audience);
        return List.of(
                new FixtureTools(new Fixtures(json, resources, audience, shelf).all(), json),
                resources,
                new FixturePrompts(),
                new Logging());
    }
}
