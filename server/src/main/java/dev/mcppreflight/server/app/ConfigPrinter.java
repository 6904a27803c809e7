package dev.mcppreflight.server.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Shows what the server would run with and where each value comes from, in the form of a {@code .env} file. */
final class ConfigPrinter {

    /** What has no flag. */
    private static final List<String> ALONE =
            List.of("EMBEDDING_BASE_URL", "EMBEDDING_DIMENSIONS", "EMBEDDING_MODEL", "MCP_OAUTH_CLIENT_ID");

    private static final List<String> SECRETS = List.of("MCP_API_KEY", "MCP_OAUTH_CLIENT_SECRET", "OPENAI_API_KEY");

    private final Settings settings;
    private final ParseResult flags;

    ConfigPrinter(Settings settings, ParseResult flags) {
        this.settings = settings;
        this.flags = flags;
    }

    /** Prints one line for each value; of secrets only that they are set. */
    void print(PrintStream out) {
        byVariable().forEach((variable, option) -> {
            boolean flag = flags.hasMatchedOption(option.longestName());
            Object value = option.getValue();
            if (!flag && variable.equals("PORT")) {
                value = settings.get(variable) == null ? NetworkOptions.DEFAULT_PORT : settings.get(variable);
            }
            String text = value instanceof List<?> list
                    ? String.join(",", list.stream().map(Object::toString).toList())
                    : value == null ? "" : value.toString();
            out.println(variable + "=" + text + "  # " + (flag ? "flag" : settings.source(variable)));
        });
        printStore(out);
        for (String variable : ALONE) {
            if (settings.get(variable) != null) {
                out.println(variable + "=" + withoutUser(settings.get(variable)) + "  # " + settings.source(variable));
            }
        }
        for (String secret : SECRETS) {
            if (settings.get(secret) != null) {
                out.println(secret + "=(hidden)  # " + settings.source(secret));
            }
        }
    }

    /** Prints the one place where documents are; the address of a database has a password in it. */
    private void printStore(PrintStream out) {
        boolean byFlag = flags.hasMatchedOption("--data") || flags.hasMatchedOption("--database");
        boolean database = byFlag ? flags.hasMatchedOption("--database") : settings.get("DATABASE_URL") != null;
        String variable = database ? "DATABASE_URL" : "MCP_DATA";
        Object folder =
                flags.hasMatchedOption("--data") ? flags.matchedOptionValue("--data", "") : settings.get(variable);
        if (byFlag || folder != null) {
            out.println(variable + "=" + (database ? "(hidden)" : folder) + "  # "
                    + (byFlag ? "flag" : settings.source(variable)));
        }
    }

    private static String withoutUser(String value) {
        return value.replaceFirst("//[^/@]*@", "//(hidden)@");
    }

    private Map<String, OptionSpec> byVariable() {
        Map<String, OptionSpec> options = new TreeMap<>();
        Settings.VARIABLES.forEach(
                (name, variable) -> options.put(variable, flags.commandSpec().findOption(name)));
        return options;
    }
}
