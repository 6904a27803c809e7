package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.List;

/** Says the same text again: a tool that costs nothing, so that what is measured is the way to it and back. */
public final class EchoTool implements DocumentTool {

    /** Returns a registry with this tool alone. */
    public static ToolRegistry registry(JsonCodec json, ToolGate gate, ToolObserver observer) {
        return new ToolRegistry(List.of(new EchoTool()), json, gate, observer);
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        return new Said((String) arguments.values().get("text"));
    }

    /** The result. */
    record Said(String text) {}
}
