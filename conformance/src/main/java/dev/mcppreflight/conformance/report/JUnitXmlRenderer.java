package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Stage;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report in the form of JUnit's XML that CI servers read: a suite for each rung of the ladder, a case for each check. A
 * warning is no failure; it is told in the output of its case.
 */
public final class JUnitXmlRenderer {

    private static final int LONGEST_MESSAGE = 300;
    private static final int LONGEST_TEXT = 2_000;

    /** The report as an XML document, ending with a line break. */
    public String render(Report report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            new Document(xml, report).write();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory", e);
        }
        return text + "\n";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** Elements with the indentation that makes a diff readable. */
    private record Document(XMLStreamWriter xml, Report report) {

        void write() throws XMLStreamException {
            xml.writeStartElement("testsuites");
            attribute("name", "preflight " + report.address());
            counts(report.checks(), report.baseline().stale().size());
            attribute("time", seconds(report.durationMillis()));
            for (Stage stage : Stage.values()) {
                List<CheckResult> results = report.checks().stream()
                        .filter(result -> result.check().stage() == stage)
                        .toList();
                if (!results.isEmpty()) {
                    suite(stage, results);
                }
            }
            if (!report.baseline().stale().isEmpty()) {
                stale();
            }
            line(0);
            xml.writeEndElement();
        }

        private void suite(Stage stage, List<CheckResult> results) throws XMLStreamException {
            line(1);
            xml.writeStartElement("testsuite");
            attribute("name", stage.word());
            counts(results, 0);
            attribute(
                    "time",
                    seconds(results.stream()
                            .mapToLong(CheckResult::durationMillis)
                            .sum()));
            attribute("timestamp", report.startedAt().toString());
            for (CheckResult result : results) {
                testCase(result);
            }
            line(1);
            xml.writeEndElement();
        }

        private void testCase(CheckResult result) throws XMLStreamException {
            line(2);
            xml.writeStartElement("testcase");
            attribute("classname", result.check().feature());
            attribute("name", result.check().id() + " " + result.check().name());
            attribute("time", seconds(result.durationMillis()));
            if (report.baseline().accepts(result.check().id())) {
                accepted(result);
                line(2);
                xml.writeEndElement();
                return;
            }
            switch (result.outcome()) {
                case PASSED -> {}
                case FAILED -> told("failure", result.check().level().name(), result.observed(), explanation(result));
                case WARNED -> output(explanation(result));
                case HARNESS_ERROR -> told("error", "harness", result.reason(), result.reason());
                case NOT_APPLICABLE, BLOCKED, NOT_TESTED -> skipped(result);
            }
            if (result.outcome() != Outcome.PASSED) {
                line(2);
            }
            xml.writeEndElement();
        }

        /** Known to be wrong is not worth a red build, and not green either. */
        private void accepted(CheckResult result) throws XMLStreamException {
            line(3);
            xml.writeEmptyElement("skipped");
            attribute("message", Words.ENGLISH.say("accepted") + ": " + result.observed());
            output(explanation(result));
        }

        /** Entries of the baseline that are no longer true fail as a suite of their own. */
        private void stale() throws XMLStreamException {
            List<Baseline.Stale> entries = report.baseline().stale();
            String count = String.valueOf(entries.size());
            line(1);
            xml.writeStartElement("testsuite");
            attribute("name", "baseline");
            attribute("tests", count);
            attribute("failures", count);
            attribute("errors", "0");
            attribute("skipped", "0");
            attribute("time", seconds(0));
            attribute("timestamp", report.startedAt().toString());
            for (Baseline.Stale entry : entries) {
                line(2);
                xml.writeStartElement("testcase");
                attribute("classname", "baseline");
                attribute("name", entry.id());
                attribute("time", seconds(0));
                String why = Words.ENGLISH.say("baseline.stale", entry.id(), Words.ENGLISH.word(entry.now()));
                told("failure", "stale", why, why);
                line(2);
                xml.writeEndElement();
            }
            line(1);
            xml.writeEndElement();
        }

        private void told(String element, String type, String message, String text) throws XMLStreamException {
            line(3);
            xml.writeStartElement(element);
            attribute("message", Printable.line(message, LONGEST_MESSAGE));
            attribute("type", type);
            xml.writeCharacters(Printable.text(text));
            xml.writeEndElement();
        }

        private void output(String text) throws XMLStreamException {
            line(3);
            xml.writeStartElement("system-out");
            xml.writeCharacters(Printable.text(text));
            xml.writeEndElement();
        }

        private void skipped(CheckResult result) throws XMLStreamException {
            line(3);
            xml.writeEmptyElement("skipped");
            String word = result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            String cause = result.cause().isEmpty() ? "" : " (" + result.cause() + ")";
            attribute("message", word + cause + ": " + result.reason());
        }

        private String explanation(CheckResult result) {
            StringJoiner lines = new StringJoiner("\n");
            told(
                    lines,
                    result.outcome() == Outcome.WARNED ? "warning" : "",
                    result.check().level().name());
            told(lines, "expected", result.expected());
            told(lines, "observed", result.observed());
            told(lines, "because", result.because());
            told(lines, "fix", result.fix());
            told(lines, "cause", result.cause());
            told(lines, "read", result.source());
            return lines.toString();
        }

        private static void told(StringJoiner lines, String label, String text) {
            if (!label.isEmpty() && !text.isEmpty()) {
                lines.add(label + ": " + Printable.line(text, LONGEST_TEXT));
            }
        }

        private void counts(List<CheckResult> results, int stale) throws XMLStreamException {
            int accepted = (int) results.stream()
                    .filter(result -> report.baseline().accepts(result.check().id()))
                    .count();
            int acceptedFailures = (int) results.stream()
                    .filter(result -> result.outcome() == Outcome.FAILED)
                    .filter(result -> report.baseline().accepts(result.check().id()))
                    .count();
            int skipped = count(results, Outcome.NOT_APPLICABLE, Outcome.BLOCKED, Outcome.NOT_TESTED);
            attribute("tests", String.valueOf(results.size() + stale));
            attribute("failures", String.valueOf(count(results, Outcome.FAILED) - acceptedFailures + stale));
            attribute("errors", String.valueOf(count(results, Outcome.HARNESS_ERROR)));
            attribute("skipped", String.valueOf(skipped + accepted));
        }

        private static int count(List<CheckResult> results, Outcome... outcomes) {
            List<Outcome> wanted = List.of(outcomes);
            return (int) results.stream()
                    .filter(result -> wanted.contains(result.outcome()))
                    .count();
        }

        private void attribute(String name, String value) throws XMLStreamException {
            xml.writeAttribute(name, Printable.line(value));
        }

        private void line(int depth) throws XMLStreamException {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }
    }
}
