package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.ErrorText;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells all that is known of a cause, a requirement, a check or a client, or what an error text of a client can mean. */
@Command(
        name = "explain",
        version = Main.VERSION,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"preflight explain ID", "       preflight explain 'ERROR TEXT'"},
        description =
                "Explain a cause, a requirement, a check or a client, or what an error text of a client can mean.",
        footer = {"", "Exit codes: 0 explained, 2 not known or wrong usage, 3 this tool failed."})
final class ExplainCommand implements Callable<Integer> {

    private static final String MARK = "*";
    private static final Pattern LIKE_AN_ID = Pattern.compile("[A-Za-z-]+-\\d+\\w*");

    private final Shell shell;
    private final Catalogue catalogue = new Catalogue();

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Such as NET-005, MCP-SSE-003 or chatgpt, or what ChatGPT, Claude or mcp-remote says.")
    private List<String> words = List.of();

    private String id;

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        id = String.join(" ", words);
        if (id.isBlank()) {
            throw new UsageException("explain what?", "Such as: " + shell.program() + " explain NET-005");
        }
        Page page = new Page(
                shell.terminal().out() && !shell.environment().containsKey("NO_COLOR"),
                shell.terminal().columns());
        String wanted = id.toUpperCase(Locale.ROOT);
        Optional<Cause> cause = catalogue.cause(wanted).or(() -> causeOfFault(id));
        Optional<Requirement> requirement = catalogue.requirement(wanted);
        Optional<Client> client = catalogue.client(id.strip().toLowerCase(Locale.ROOT));
        if (client.isPresent()) {
            new ClientPage(page, shell.program()).print(client.get());
        } else if (cause.isPresent()) {
            explain(page, cause.get());
        } else if (requirement.isPresent()) {
            explain(page, requirement.get());
        } else if (!explainErrorText(page)) {
            throw unknown();
        }
        shell.print(page.text());
        return ExitCode.OK;
    }

    private void explain(Page page, Cause cause) {
        page.title(
                MARK,
                Page.Style.PLAIN,
                cause.id(),
                cause.title(),
                cause.severity().word());
        page.field("stage", cause.stage().word());
        page.field("users see", cause.symptom());
        list(
                page,
                "shown as",
                catalogue.errorTexts().about(cause.id()).stream()
                        .map(text -> "'" + text.says().get(0) + "' in " + text.where())
                        .toList());
        page.field("because", cause.because());
        page.field("evidence", cause.signature());
        page.field("fix", cause.fix());
        catalogue.productFixes(cause.id()).forEach(fix -> page.field("  " + fix.product(), fix.fix()));
        page.field("clients", String.join(", ", cause.clients()));
        list(page, "read", cause.sources().stream().map(Page::link).toList());
        List<Fault> faults = Fault.all().stream()
                .filter(fault -> fault.cause().filter(cause.id()::equals).isPresent())
                .toList();
        TreeSet<String> ids = new TreeSet<>();
        faults.forEach(fault -> ids.addAll(fault.fails()));
        list(page, "found by", named(ids));
        list(
                page,
                "try",
                faults.stream()
                        .map(fault -> shell.program() + " fault " + fault.id())
                        .toList());
    }

    private void explain(Page page, Requirement requirement) {
        page.title(
                MARK,
                Page.Style.PLAIN,
                requirement.id(),
                requirement.says(),
                requirement.level().name());
        page.field("revisions", String.join(", ", requirement.revisions()));
        page.field("because", requirement.because());
        page.field("fix", requirement.fix());
        page.field("read", requirement.source());
        list(
                page,
                "checks",
                Preflight.checks().stream()
                        .filter(check -> check.requirements().contains(requirement.id()))
                        .map(ExplainCommand::line)
                        .toList());
        list(
                page,
                "try",
                Fault.all().stream()
                        .filter(fault -> fault.fails().contains(requirement.id()))
                        .map(fault -> shell.program() + " fault " + fault.id())
                        .toList());
    }

    /** What a text can mean; false when nothing known is like it. */
    private boolean explainErrorText(Page page) {
        List<ErrorText> alike = catalogue.errorTexts().in(id);
        for (ErrorText text : alike) {
            page.title(MARK, Page.Style.PLAIN, text.says().get(0), "seen in " + text.where(), "");
            candidates(
                    page,
                    "can mean",
                    text.causes().stream()
                            .flatMap(cause -> catalogue.cause(cause).stream())
                            .toList());
            page.field("decide by", shell.program() + " " + text.decide());
        }
        return !alike.isEmpty() || !LIKE_AN_ID.matcher(id.strip()).matches() && explainByWords(page);
    }

    /** What speaks of the same, where no text of a client is like it. */
    private boolean explainByWords(Page page) {
        List<Cause> causes =
                catalogue.errorTexts().causesIn(id, catalogue.causes().values());
        if (causes.isEmpty()) {
            return false;
        }
        page.title(MARK, Page.Style.PLAIN, "No known text of a client is like this", "", "");
        candidates(page, "may be", causes);
        page.field("decide by", shell.program() + " check URL, or " + shell.program() + " check -- COMMAND ARGS");
        return true;
    }

    private void candidates(Page page, String label, List<Cause> causes) {
        list(
                page,
                label,
                causes.stream().map(cause -> cause.id() + "  " + cause.title()).toList());
        page.field("more", shell.program() + " explain " + causes.get(0).id());
    }

    private Optional<Cause> causeOfFault(String name) {
        // There are hundreds of files to read, which is for names alone.
        return name.contains(" ")
                ? Optional.empty()
                : Fault.all().stream()
                        .filter(fault -> fault.id().equalsIgnoreCase(name))
                        .findFirst()
                        .flatMap(Fault::cause)
                        .flatMap(catalogue::cause);
    }

    private UsageException unknown() {
        List<String> known = new ArrayList<>(catalogue.causes().keySet());
        known.addAll(catalogue.requirements().keySet());
        known.addAll(Catalogue.clientNames());
        Fault.all().forEach(fault -> known.add(fault.id()));
        String question = Nearest.question(id, known);
        return new UsageException(
                "nothing is known of '" + id + "'",
                question.isEmpty()
                        ? shell.program() + " check URL looks for the cause itself; all ids: " + shell.program()
                                + " list causes"
                        : question);
    }

    private static List<String> named(TreeSet<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : Preflight.checks().stream()
                        .filter(check -> ids.contains(check.id()))
                        .map(ExplainCommand::line)
                        .toList();
    }

    private static String line(Check check) {
        return check.id() + "  " + check.name();
    }

    private static void list(Page page, String label, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            page.field(i == 0 ? label : "", lines.get(i));
        }
    }
}
