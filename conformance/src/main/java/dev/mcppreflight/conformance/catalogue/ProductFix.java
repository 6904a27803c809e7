package dev.mcppreflight.conformance.catalogue;

import java.util.List;

/**
 * How causes are mended in one product.
 *
 * @param product a proxy, tunnel, framework or platform
 * @param causes the ids of what it mends
 * @param fix what to write, and where
 */
public record ProductFix(String product, List<String> causes, String fix) {

    /** Copies the list. */
    public ProductFix {
        causes = List.copyOf(causes);
    }
}
