package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.protocol.RequestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code write_file}: a text file under the folder of documents, whole or not at all. */
final class WriteFile implements DocumentTool {

    private final FileRoot files;

    WriteFile(FileRoot files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "write_file";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        String given = arguments.text("file_path");
        String content = arguments.textOrNull("content");
        boolean created = files.write(given, content, arguments.flag("overwrite"));
        Path file = files.existing(given);
        return new Result(
                file.getFileName().toString(),
                files.shown(file),
                content.getBytes(StandardCharsets.UTF_8).length,
                content.length(),
                created ? "created" : "modified",
                "utf-8");
    }

    record Result(
            String file_name,
            String file_path,
            long file_size_bytes,
            int chars_written,
            String action,
            String encoding) {}
}
