package dev.mcppreflight.conformance.catalogue;

import java.util.List;

/**
 * The row behind a check.
 *
 * @param id such as MCP-SSE-002; never renumbered
 * @param level how strongly it is said
 * @param basis keyword, prose, schema, rfc or inference: only what a keyword, a schema or an RFC says can fail anyone
 * @param revisions the revisions in which it holds
 * @param says the requirement in our words
 * @param source where to read it
 * @param because why a client minds; empty when the cause says it
 * @param fix what to do when it is not met
 */
public record Requirement(
        String id,
        Level level,
        String basis,
        List<String> revisions,
        String says,
        String source,
        String because,
        String fix) {

    /** The strongest level at which the row may be checked. */
    public Level effectiveLevel() {
        boolean ours = basis.equals("prose") || basis.equals("inference");
        return level == Level.MUST && ours ? Level.SHOULD : level;
    }
}
