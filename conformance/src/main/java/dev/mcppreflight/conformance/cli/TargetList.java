package dev.mcppreflight.conformance.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of targets, one a line: {@code URL}, or {@code -- COMMAND ARGS}, or either behind {@code NAME =}. Empty lines and
 * what follows a {@code #} that stands alone are left out.
 */
final class TargetList {

    private static final int MOST = 1_000;
    private static final long LARGEST = 1 << 20;
    private static final Pattern NAMED = Pattern.compile("([\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}?)\\s*=\\s*(.*)");
    private static final String EXAMPLE = "Such as 'docs = https://mcp.example.com/mcp' or '-- node server.js'.";

    private TargetList() {}

    /**
     * A line.
     *
     * @param line its number, from 1
     * @param name what it is called: its own name, or else what is in the line
     * @param url the address; null for a command
     * @param command the command; empty for an address
     */
    record Entry(int line, String name, URI url, List<String> command) {

        /** Two targets with the same one are not spoken to at the same time. */
        String host() {
            if (url == null) {
                return "line " + line;
            }
            String host = url.getHost().toLowerCase(java.util.Locale.ROOT);
            // The ports of one's own machine are servers of their own.
            boolean own = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
            return own ? host + ":" + url.getPort() : host;
        }
    }

    /**
     * The targets in that file, at least one.
     *
     * @throws UsageException naming the line that cannot be read
     */
    static List<Entry> read(Path file) {
        List<String> lines;
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException("--targets " + file + " is larger than 1 MB", "");
            }
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new UsageException("--targets " + file + " is not UTF-8 text", "");
        } catch (IOException e) {
            throw new UsageException("--targets " + file + " cannot be read", "");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        Map<Object, Integer> targets = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            String where = file + ":" + number;
            String line = lines.get(i).replace("\uFEFF", "").strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Entry entry = entry(number, line, where);
            refuseTwice("name", names.putIfAbsent(entry.name(), number), where);
            Object target = entry.url() == null ? entry.command() : entry.url();
            refuseTwice("target", targets.putIfAbsent(target, number), where);
            entries.add(entry);
            if (entries.size() > MOST) {
                throw new UsageException("--targets " + file + " names more than " + MOST + " targets", "");
            }
        }
        if (entries.isEmpty()) {
            throw new UsageException("--targets " + file + " names no target", EXAMPLE);
        }
        return List.copyOf(entries);
    }

    private static void refuseTwice(String what, Integer earlier, String where) {
        if (earlier != null) {
            throw new UsageException(where + ": the same " + what + " as in line " + earlier, "");
        }
    }

    private static Entry entry(int number, String line, String where) {
        Matcher named = NAMED.matcher(line);
        boolean hasName = named.matches();
        String rest = hasName ? named.group(2) : line;
        try {
            List<String> words = ShellWords.of(rest);
            if (words.isEmpty()) {
                throw new UsageException("there is no target behind the name", EXAMPLE);
            }
            if (words.get(0).equals("--")) {
                List<String> command = words.subList(1, words.size());
                if (command.isEmpty() || command.get(0).isBlank()) {
                    throw new UsageException("no command after --", EXAMPLE);
                }
                return new Entry(
                        number, hasName ? named.group(1) : String.join(" ", command), null, List.copyOf(command));
            }
            if (words.size() > 1) {
                throw new UsageException("one address is a target, and these are " + words.size() + " words", EXAMPLE);
            }
            URI url = Address.of(words.get(0));
            return new Entry(number, hasName ? named.group(1) : Address.shown(url.toString()), url, List.of());
        } catch (UsageException e) {
            throw new UsageException(where + ": " + e.getMessage(), e.hint());
        }
    }
}
