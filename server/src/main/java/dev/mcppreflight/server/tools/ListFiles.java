package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.protocol.RequestContext;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** {@code list_files}: the files under the folder of documents, page by page. */
final class ListFiles implements DocumentTool {

    private static final int PAGE = 200;

    private final FileRoot files;

    ListFiles(FileRoot files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "list_files";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        String directory = or(arguments.textOrNull("directory"), "");
        String pattern = or(arguments.textOrNull("pattern"), "*");
        String cursor = or(arguments.textOrNull("cursor"), "");
        PathMatcher matcher = matcher(pattern);
        List<Entry> found = files.list(directory, arguments.flag("recursive")).stream()
                .filter(file ->
                        matcher.matches(file.getFileName()) && files.shown(file).compareTo(cursor) > 0)
                .limit(PAGE + 1)
                .map(file -> new Entry(file.getFileName().toString(), files.shown(file), size(file)))
                .toList();
        List<Entry> page = found.subList(0, Math.min(PAGE, found.size()));
        return new Result(
                directory,
                pattern,
                arguments.flag("recursive"),
                page.size(),
                page,
                found.size() > PAGE ? page.get(PAGE - 1).relative_path() : null);
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new ToolFailure("invalid_pattern", "The pattern is not a glob.", "Use a pattern such as *.md.");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // It went away since it was found.
            return 0;
        }
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    record Entry(String name, String relative_path, long size_bytes) {}

    record Result(
            String directory,
            String pattern,
            boolean recursive,
            int count,
            List<Entry> files,
            @JsonInclude(JsonInclude.Include.NON_NULL) String next_cursor) {}
}
