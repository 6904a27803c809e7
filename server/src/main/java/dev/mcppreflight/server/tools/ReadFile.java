package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.protocol.RequestContext;
import java.nio.file.Path;

/** {@code read_file}: the beginning of a text file under the folder of documents. */
final class ReadFile implements DocumentTool {

    private final FileRoot files;

    ReadFile(FileRoot files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "read_file";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        String given = arguments.text("file_path");
        FileRoot.Text text = files.read(given);
        int most =
                Math.min(arguments.integer("max_chars", 10_000), text.content().length());
        boolean cutsCharacter = most > 0
                && most < text.content().length()
                && Character.isHighSurrogate(text.content().charAt(most - 1));
        String shown = text.content().substring(0, cutsCharacter ? most - 1 : most);
        Path file = files.existing(given);
        return new Result(
                file.getFileName().toString(),
                files.shown(file),
                text.bytes(),
                text.encoding(),
                shown,
                shown.length() < text.content().length(),
                shown.length());
    }

    record Result(
            String file_name,
            String file_path,
            long file_size_bytes,
            String encoding,
            String content,
            boolean truncated,
            int chars_returned) {}
}
