package dev.mcppreflight.server.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the server says about itself.
 *
 * @param name the name for programs
 * @param title the name for people
 * @param version the version of this build
 * @param instructions how a model should use the tools; the first 512 characters have to suffice, as clients cut there
 */
public record ServerIdentity(String name, String title, String version, String instructions) {

    private static final String INSTRUCTIONS =
            "Searches a collection of Swiss real-estate documents in French and English:"
                    + " leases, valuations, minutes, building reports, deeds, insurance, renovation quotes, letters."
                    + " Call search with the user's words, then fetch with an id to read a document, and cite its url."
                    + " Use search_documents for passages and filters, list_documents to browse,"
                    + " get_database_stats for figures. All tools only read. Answer only from what they return.";

    /** Returns the instructions for a server whose tools write, or only read. */
    String instructions(boolean writes) {
        return writes
                ? instructions.replace(
                        " All tools only read.",
                        " Only upload_document, delete_document and write_file change anything.")
                : instructions;
    }

    /** Returns the identity of this build. */
    public static ServerIdentity ofThisBuild() {
        Properties properties = new Properties();
        try (InputStream in = ServerIdentity.class.getResourceAsStream("server.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServerIdentity(
                "preflight-server", "MCP Preflight document search", properties.getProperty("version"), INSTRUCTIONS);
    }
}
