package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Properties;

/**
 * The words of one language, from {@code messages_LANGUAGE.properties}. The patterns hold {0}, {1} and so on, and nothing
 * else is special in them: an apostrophe is an apostrophe. What is counted has two forms, {@code .one} and {@code .other}.
 */
public final class Words {

    /** English, which reports for programs are written in. */
    public static final Words ENGLISH = new Words(Language.ENGLISH);

    private final Language language;
    private final Properties patterns = new Properties();
    private final Catalogue catalogue = new Catalogue();
    private final Sentences sentences;

    private Words(Language language) {
        this.language = language;
        this.sentences = language == Language.ENGLISH ? null : new Sentences(language);
        String file = "messages_" + language.code() + ".properties";
        try {
            patterns.load(new StringReader(Resources.text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** The words of that language. */
    public static Words in(Language language) {
        return language == Language.ENGLISH ? ENGLISH : new Words(language);
    }

    /** The language. */
    public Language language() {
        return language;
    }

    /** The phrase of that key with these values in it. */
    public String say(String key, Object... values) {
        String phrase = patterns.getProperty(key);
        if (phrase == null) {
            throw new MissingResourceException("no words for " + key, Words.class.getName(), key);
        }
        if (values.length == 0) {
            return phrase;
        }
        StringBuilder said = new StringBuilder();
        int from = 0;
        // One pass: a value that looks like a placeholder is no placeholder.
        for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
            int close = phrase.indexOf('}', open);
            said.append(phrase, from, open).append(values[Integer.parseInt(phrase.substring(open + 1, close))]);
            from = close + 1;
        }
        return said.append(phrase.substring(from)).toString();
    }

    /** A number and what is counted, in the form that the number asks for. */
    public String counted(int count, String key) {
        boolean one = language == Language.FRENCH ? count < 2 : count == 1;
        return say(key + (one ? ".one" : ".other"), count);
    }

    /** A time in seconds with one decimal. */
    public String seconds(long millis) {
        String number = String.format(Locale.ROOT, "%.1f", millis / 1000.0);
        return say("seconds", number.replace(".", say("decimal")));
    }

    /** The verdict, of a run or of a client, in a word as it stands in reports. */
    public String verdict(String word) {
        return say("verdict." + word);
    }

    /** The state of one of many targets in a word: a verdict, or why there is none. */
    public String state(String word) {
        return word.equals(Fleet.NOT_CHECKED) || word.equals(Fleet.ERROR) ? say("state." + word) : verdict(word);
    }

    /** How many had that outcome. */
    public String counted(int count, Outcome outcome) {
        return counted(count, "outcomes." + outcome.name());
    }

    public String word(Outcome outcome) {
        return say("outcome." + outcome.name());
    }

    public String word(Stage stage) {
        return say("stage." + stage.word());
    }

    public String word(Cause.Severity severity) {
        return say("severity." + severity.word());
    }

    public String word(Level level) {
        return say("level." + level.word());
    }

    /** How the target was spoken to, from the word in reports. */
    public String transport(String word) {
        return say("transport." + word);
    }

    /** When an advice matters; what was written elsewhere stays as it is. */
    public String when(Advice advice) {
        String hosted = "when.hosted";
        return advice.when().equals(ENGLISH.say(hosted)) ? say(hosted) : sentence(advice.when());
    }

    /** A sentence of a report in this language, or in English where it was not translated. */
    public String sentence(String english) {
        return sentences == null ? english : sentences.translation(english).orElse(english);
    }

    /** A line of evidence in this language, as far as its parts are words of this tool. */
    String line(String english) {
        return sentences == null ? english : sentences.line(english);
    }

    /** Whether nothing of this sentence or line would stay English that is this tool's own. */
    boolean knows(String english) {
        return sentences == null || sentences.translation(english).isPresent();
    }

    /** The report as it is told to people who read this language. */
    Report told(Report report) {
        return sentences == null ? report : new Translation(this).of(report);
    }

    /** What a reason says of a client in this language; of a cause, its title. */
    String sentence(ClientReadiness.Reason reason) {
        return title(reason.id(), reason.says());
    }

    /** The title of a cause in this language where that is what it is, or else the sentence. */
    String title(String id, String english) {
        return sentences == null
                ? english
                : catalogue
                        .cause(id)
                        .filter(cause -> cause.title().equals(english))
                        .map(cause -> cause(cause).title())
                        .orElseGet(() -> sentence(english));
    }

    /** The cause in this language: title, reason and fix, or all of it in English where it was not translated. */
    public Cause cause(Cause cause) {
        return language == Language.ENGLISH
                ? cause
                : catalogue.translation(cause, language.code()).orElse(cause);
    }
}
