package org.experimaestro;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question of an {@link Action}, asked before it is executed. Immutable.
 * <pre>{@code
 * Question.choice("format", "In which format?", "onnx", "safetensors").orElse("onnx")
 * }</pre>
 */
public final class Question {
    private final Kind kind;
    private final String name;
    private final String text;
    private final List<String> options;
    private final @Nullable List<String> defaults;

    /** The kinds of answers. */
    public enum Kind {
        /** One of the options. */
        CHOICE,
        /** Some of the options, or none. */
        CHOICES,
        /** A text that is not blank. */
        TEXT,
        /** {@code yes} or {@code no}. */
        YES_NO
    }

    private Question(Kind kind, String name, String text, List<String> options, @Nullable List<String> defaults) {
        this.kind = kind;
        this.name = name;
        this.text = text;
        this.options = options;
        this.defaults = defaults;
    }

    private static Question of(Kind kind, String name, String text, List<String> options) {
        if (!isName(name)) {
            throw problem(name, "a name has letters, digits, - and _, and begins with a letter");
        }
        return new Question(kind, name, text, options, null);
    }

    private static Question of(Kind kind, String name, String text, String... options) {
        List<String> all = List.of(options);
        if (all.isEmpty() || Set.copyOf(all).size() < all.size() || all.stream().anyMatch(String::isBlank)) {
            throw problem(name, "it needs options that differ and are not blank, and has " + all);
        }
        return of(kind, name, text, all);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!isLetter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '_'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static IllegalArgumentException problem(String name, String problem) {
        return new IllegalArgumentException("Cannot ask the question \"" + name + "\": " + problem);
    }

    /**
     * Creates a question for one of some options.
     *
     * @param name the name of the question, by which a command line answers it: letters, digits, {@code -} and {@code _}
     * @param text the question, for people
     * @param options the options, at least one
     * @return the question
     * @throws IllegalArgumentException if the name has another form, or the options are not different texts
     */
    public static Question choice(String name, String text, String... options) {
        return of(Kind.CHOICE, name, text, options);
    }

    /**
     * Creates a question for any number of some options.
     *
     * @param name as for {@link #choice}
     * @param text the question, for people
     * @param options the options, at least one; a comma in one is an error, because commas separate the answers
     * @return the question
     * @throws IllegalArgumentException if the name has another form, or the options are not different texts
     */
    public static Question choices(String name, String text, String... options) {
        for (String option : options) {
            if (option.indexOf(',') >= 0) {
                throw problem(name, "its option \"" + option + "\" has a comma");
            }
        }
        return of(Kind.CHOICES, name, text, options);
    }

    /**
     * Creates a question for a text.
     *
     * @param name as for {@link #choice}
     * @param text the question, for people
     * @return the question
     * @throws IllegalArgumentException if the name has another form
     */
    public static Question text(String name, String text) {
        return of(Kind.TEXT, name, text, List.of());
    }

    /**
     * Creates a question for yes or no.
     *
     * @param name as for {@link #choice}
     * @param text the question, for people
     * @return the question
     * @throws IllegalArgumentException if the name has another form
     */
    public static Question yesNo(String name, String text) {
        return of(Kind.YES_NO, name, text, List.of("yes", "no"));
    }

    /**
     * Sets the answer where a person gives none. Without it, the question must be answered.
     *
     * @param answers one text; for {@link #choices} any number
     * @return a new question
     * @throws IllegalArgumentException if the question does not take this answer
     */
    public Question orElse(String... answers) {
        List<String> given = List.of(answers);
        Optional<String> objection = objection(given);
        if (objection.isPresent()) {
            throw problem(name, "its default is wrong: " + objection.get());
        }
        return new Question(kind, name, text, options, given);
    }

    /**
     * Returns the reason why this is no answer.
     *
     * @param answer the texts of an answer: one, or any number for {@link Kind#CHOICES}
     * @return empty if it is one
     */
    public Optional<String> objection(List<String> answer) {
        if (kind != Kind.CHOICES && answer.size() != 1) {
            return Optional.of("it takes one answer, and not " + answer.size());
        }
        for (String each : answer) {
            if (kind == Kind.TEXT ? each.isBlank() : !options.contains(each)) {
                return Optional.of(
                        kind == Kind.TEXT
                                ? "the text is blank"
                                : "\"" + each + "\" is none of " + String.join(", ", options));
            }
        }
        return Set.copyOf(answer).size() < answer.size() ? Optional.of("an option is chosen twice") : Optional.empty();
    }

    /**
     * Returns the kind.
     *
     * @return the kind of its answers
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the name.
     *
     * @return the name, unique in an action
     */
    public String name() {
        return name;
    }

    /**
     * Returns the question.
     *
     * @return a text for people
     */
    public String text() {
        return text;
    }

    /**
     * Returns the options.
     *
     * @return the options in their order; empty for a text
     */
    public List<String> options() {
        return options;
    }

    /**
     * Returns the answer where a person gives none.
     *
     * @return the texts of the answer; empty if it must be given
     */
    public Optional<List<String>> defaults() {
        return Optional.ofNullable(defaults);
    }

    @Override
    public String toString() {
        return name + ": " + text;
    }
}
