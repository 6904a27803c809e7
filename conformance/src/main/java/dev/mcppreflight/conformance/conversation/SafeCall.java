package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;

/**
 * A call that was made.
 *
 * @param tool the tool as the server listed it; missing when it is not listed
 * @param reply what came back
 */
record SafeCall(Json tool, Reply reply) {

    static final String PURPOSE = "a call of a safe tool";
}
