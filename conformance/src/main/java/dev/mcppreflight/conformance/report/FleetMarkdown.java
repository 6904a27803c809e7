package dev.mcppreflight.conformance.report;

import java.util.List;

/** Many targets as GitHub-flavoured Markdown: a table, and below it the remedy for each that is not ready. */
public final class FleetMarkdown {

    private static final int LONGEST_NAME = 80;

    private final Words words;

    /** @param words the language */
    public FleetMarkdown(Words words) {
        this.words = words;
    }

    /** The fleet as Markdown, ending with a line break. */
    public String render(Fleet fleet) {
        MarkdownText text = new MarkdownText();
        text.line("## " + words.say("fleet.heading"));
        text.blank();
        text.row("", words.say("target"), words.say("verdict"), words.say("cause"));
        text.rule(4);
        for (Fleet.Member member : fleet.members()) {
            text.row(
                    member.mark(),
                    MarkdownText.code(Printable.line(member.name(), LONGEST_NAME)),
                    words.state(member.state()),
                    MarkdownText.prose(Printable.line(member.headline(words), 2 * LONGEST_NAME)));
        }
        text.blank();
        fleet.members().forEach(member -> member.report().ifPresent(report -> fix(text, member, report.causes())));
        text.line(MarkdownText.prose(fleet.summary(words)));
        return text.toString();
    }

    private void fix(MarkdownText text, Fleet.Member member, List<CauseFinding> causes) {
        if (causes.isEmpty()) {
            return;
        }
        text.line("**" + words.say("md.fix") + "** "
                + MarkdownText.code(Printable.line(member.name(), LONGEST_NAME)) + " "
                + MarkdownText.prose(words.cause(causes.get(0).cause()).fix()));
        text.blank();
    }
}
