package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Dispatcher;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.FeatureTable;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.Shelf;
import java.util.List;

/**
 * What a server speaks over the same features.
 *
 * @param sessions the revisions up to 2025-11-25
 * @param stateless the revisions since 2026-07-28
 */
public record Protocols(Dispatcher sessions, StatelessProtocol stateless) {

    /**
     * Returns the protocols of a server that has these features and nothing else.
     *
     * @param shelf what it has in common with its replicas
     */
    public static Protocols of(Identity identity, List<Feature> features, JsonCodec json, Shelf shelf) {
        FeatureTable table = new FeatureTable(features);
        return new Protocols(
                new Dispatcher(identity, table, json), new StatelessProtocol(identity, table, json, shelf));
    }
}
