package dev.mcppreflight.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcppreflight.server.auth.Denial;
import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.Resource;
import dev.mcppreflight.server.protocol.Message;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Turns away, by what a message asks for, who may not ask for it: once it is read, and before anything is done. */
final class CallGuard {

    private final Permissions permissions;
    private final ResourceMetadata resources;
    private final Reply reply;

    CallGuard(Permissions permissions, ResourceMetadata resources, Reply reply) {
        this.permissions = permissions;
        this.resources = resources;
        this.reply = reply;
    }

    /** Returns whether a message was turned away, and so answered; of a batch one offender is enough. */
    boolean refuses(HttpServletRequest request, HttpServletResponse response, Message message) throws IOException {
        if (message instanceof Message.Batch batch) {
            for (Message one : batch.messages()) {
                if (refuses(request, response, one)) {
                    return true;
                }
            }
        }
        if (!(message instanceof Message.Request asked)) {
            return false;
        }
        Optional<Denial> denial =
                permissions.denial(Gate.identity(request), asked.method(), tool(asked), () -> resource(request));
        if (denial.isPresent()) {
            refuse(request, response, asked, denial.get());
        }
        return denial.isPresent();
    }

    private Resource resource(HttpServletRequest request) {
        return resources.of(request, Gate.route(request));
    }

    /** Returns whether a call outside of MCP was turned away, and so answered; a tool that is null stands for figures. */
    boolean refuses(HttpServletRequest request, HttpServletResponse response, String tool) throws IOException {
        Optional<Denial> denial = permissions.denial(Gate.identity(request), tool, () -> resource(request));
        if (denial.isPresent()) {
            response.setHeader(Gate.CHALLENGE, denial.get().refusal().challenge());
            reply.refusal(
                    request,
                    response,
                    denial.get().refusal().status(),
                    denial.get().refusal().message());
        }
        return denial.isPresent();
    }

    private static String tool(Message.Request asked) {
        return McpSchema.METHOD_TOOLS_CALL.equals(asked.method())
                        && asked.params() instanceof Map<?, ?> params
                        && params.get("name") instanceof String name
                ? name
                : null;
    }

    /**
     * The status is for clients that sign in on a 401 and ask for more on a 403; a call also gets a result that says the
     * same, for clients that look for the challenge there.
     */
    private void refuse(HttpServletRequest request, HttpServletResponse response, Message.Request asked, Denial denial)
            throws IOException {
        int status = denial.refusal().status();
        String message = denial.refusal().message();
        response.setHeader(Gate.CHALLENGE, denial.refusal().challenge());
        if (McpSchema.METHOD_TOOLS_CALL.equals(asked.method())) {
            Invitation invitation = new Invitation(
                    Era.isStateless(request, asked) ? "complete" : null,
                    List.of(new Text("text", message)),
                    true,
                    new Meta(List.of(denial.invitation())));
            reply.json(request, response, status, JSONRPCResponse.result(asked.id(), invitation));
        } else {
            reply.error(request, response, status, asked.id(), Reply.refused(request, status, message));
        }
    }

    private record Invitation(
            @JsonInclude(JsonInclude.Include.NON_NULL) String resultType,
            List<Text> content,
            boolean isError,
            @JsonProperty("_meta") Meta meta) {}

    private record Meta(
            @JsonProperty("mcp/www_authenticate") List<String> challenges) {}

    private record Text(String type, String text) {}
}
