package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.target.Target;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;

/** A small server as people build it with the Java SDK: one of its servlets, in Tomcat. */
public final class JavaSdkServer implements Innocent {

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private static final Path HOME = Path.of("target", "innocents", "tomcat").toAbsolutePath();

    private final Tomcat tomcat = new Tomcat();
    private final Runnable end;
    private final Target target;

    private JavaSdkServer(HttpServlet servlet, Runnable end, String path) {
        TOMCAT_LOG.setLevel(Level.SEVERE);
        // Several at once would dispute the names that they are managed under.
        Registry.disableRegistry();
        this.end = end;
        try {
            Files.createDirectories(HOME);
            tomcat.setBaseDir(HOME.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", HOME.toString());
            Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
            wrapper.setAsyncSupported(true);
            wrapper.addMapping("/*");
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            close();
            throw new IllegalStateException("Tomcat does not start", e);
        }
        this.target =
                Target.of(URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path));
    }

    /** The servlet of Streamable HTTP as it is without options. */
    static Innocent streamable() {
        return streamable(ServerHttpHeaderValidator.NOOP);
    }

    /** The servlet of Streamable HTTP with the SDK's own check of Host and Origin. */
    static Innocent guardedStreamable() {
        return streamable(guard());
    }

    /** The servlet of HTTP+SSE as it is without options. */
    static Innocent sse() {
        return sse(ServerHttpHeaderValidator.NOOP);
    }

    /** The servlet of HTTP+SSE with the SDK's own check of Host and Origin. */
    static Innocent guardedSse() {
        return sse(guard());
    }

    private static Innocent streamable(ServerHttpHeaderValidator validator) {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .httpHeaderValidator(validator)
                .build();
        return new JavaSdkServer(transport, furnish(McpServer.sync(transport))::close, "/mcp");
    }

    /** The servlet without sessions, which answers unknown methods by 200 and an error of JSON-RPC. */
    public static Innocent stateless() {
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint("/mcp")
                .httpHeaderValidator(guard())
                .build();
        McpStatelessSyncServer server = McpServer.sync(transport)
                .serverInfo("java-sdk-sample", "1.0.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .toolCall(
                        tool("echo", "Says the same text again.", "text"),
                        (context, request) ->
                                text(String.valueOf(request.arguments().get("text"))))
                .build();
        return new JavaSdkServer(transport, server::close, "/mcp");
    }

    // The SDK marks HTTP+SSE as deprecated; servers that use it are around for years to come.
    @SuppressWarnings("deprecation")
    private static Innocent sse(ServerHttpHeaderValidator validator) {
        HttpServletSseServerTransportProvider transport = HttpServletSseServerTransportProvider.builder()
                .sseEndpoint("/sse")
                .messageEndpoint("/message")
                .httpHeaderValidator(validator)
                .build();
        return new JavaSdkServer(transport, furnish(McpServer.sync(transport))::close, "/sse");
    }

    private static ServerHttpHeaderValidator guard() {
        return DefaultServerTransportSecurityValidator.builder()
                .allowedOrigins(List.of("http://127.0.0.1:*", "http://localhost:*"))
                .allowedHosts(List.of("127.0.0.1:*", "localhost:*"))
                .build();
    }

    private static McpSyncServer furnish(SyncSpecification<?> specification) {
        return specification
                .serverInfo("java-sdk-sample", "1.0.0")
                .capabilities(ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .prompts(false)
                        .completions()
                        .logging()
                        .build())
                .toolCall(
                        tool("echo", "Says the same text again.", "text"),
                        (exchange, request) ->
                                text(String.valueOf(request.arguments().get("text"))))
                .toolCall(
                        tool("greet", "Greets somebody by name.", "name"),
                        (exchange, request) ->
                                text("Hello " + request.arguments().get("name")))
                .resources(new SyncResourceSpecification(
                        Resource.builder("sample://greeting", "greeting")
                                .description("A greeting.")
                                .mimeType("text/plain")
                                .build(),
                        (exchange, request) -> ReadResourceResult.builder(
                                        List.of(TextResourceContents.builder(request.uri(), "Hello")
                                                .mimeType("text/plain")
                                                .build()))
                                .build()))
                .prompts(new SyncPromptSpecification(
                        Prompt.builder("greeting")
                                .description("Asks for a greeting.")
                                .arguments(List.of(PromptArgument.builder("name")
                                        .description("Whom to greet.")
                                        .required(true)
                                        .build()))
                                .build(),
                        (exchange, request) -> greeting(request)))
                .completions(new SyncCompletionSpecification(
                        PromptReference.builder("greeting").build(),
                        (exchange, request) ->
                                new CompleteResult(new CompleteResult.CompleteCompletion(List.of("Ada", "Alan")))))
                .build();
    }

    private static GetPromptResult greeting(GetPromptRequest request) {
        Object name = request.arguments() == null ? null : request.arguments().get("name");
        if (name == null) {
            throw McpError.builder(ErrorCodes.INVALID_PARAMS)
                    .message("name is missing")
                    .build();
        }
        return GetPromptResult.builder(List.of(new PromptMessage(
                        Role.USER, TextContent.builder("Greet " + name).build())))
                .build();
    }

    private static Tool tool(String name, String description, String argument) {
        return Tool.builder(
                        name,
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(argument, Map.of("type", "string")),
                                "required",
                                List.of(argument)))
                .description(description)
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(true)
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    @Override
    public Target target() {
        return target;
    }

    /**
     * The servlet of HTTP+SSE writes to its stream from every thread without a lock, and tears it where two answers meet:
     * what is reported then is different in each run.
     */
    @Override
    public int threads() {
        return target.url().getPath().equals("/sse") ? 1 : Innocent.super.threads();
    }

    @Override
    public void close() {
        end.run();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not end", e);
        }
    }
}
