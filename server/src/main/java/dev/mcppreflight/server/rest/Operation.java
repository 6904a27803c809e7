package dev.mcppreflight.server.rest;

import java.util.List;

/**
 * A tool as an operation of the REST API.
 *
 * @param id the name for generated clients
 * @param method the HTTP method
 * @param path the path
 * @param tool the tool that does the work
 * @param source where its arguments come from
 */
record Operation(String id, String method, String path, String tool, Source source) {

    /** Where arguments come from. */
    enum Source {
        /** The JSON body. */
        BODY,
        /** The JSON body, or a form with a file. */
        UPLOAD,
        /** The query of the URL. */
        QUERY,
        /** The last segment of the path, which is the one required argument. */
        PATH
    }

    /** All operations in the order of the documentation; those whose tool is switched off are left out. */
    static final List<Operation> ALL = List.of(
            new Operation("getDatabaseStats", "GET", "/api/stats", "get_database_stats", Source.QUERY),
            new Operation("searchDocuments", "POST", "/api/search", "search_documents", Source.BODY),
            new Operation("listDocuments", "GET", "/api/documents", "list_documents", Source.QUERY),
            new Operation("getDocument", "GET", "/api/documents/{id}", "fetch", Source.PATH),
            new Operation("deleteDocument", "DELETE", "/api/documents/{id}", "delete_document", Source.PATH),
            new Operation("uploadDocument", "POST", "/api/upload", "upload_document", Source.UPLOAD),
            new Operation("readFile", "POST", "/api/files/read", "read_file", Source.BODY),
            new Operation("writeFile", "POST", "/api/files/write", "write_file", Source.BODY),
            new Operation("listFiles", "POST", "/api/files/list", "list_files", Source.BODY));

    /** Tells whether arguments come in a body. */
    boolean hasBody() {
        return source == Source.BODY || source == Source.UPLOAD;
    }

    /** Tells whether the result stands under {@code data}; all others stand beside {@code success}. */
    boolean isWrapped() {
        return tool.equals("get_database_stats");
    }
}
