package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A comment that configures the compilation of a plan, such as {@code //DEPS a:b:1}. It is at the beginning of its
 * line, without a space before its name, as in jbang.
 *
 * @param name its name
 * @param words its arguments, with variables replaced, without a comment after them
 * @param folder the folder of the source, which relative paths start from
 * @param location its place, {@code experiment.java:3}
 */
record Directive(DirectiveName name, List<String> words, Path folder, String location) {
    private static final Pattern FORM = Pattern.compile("(\\w+):?(?:\\s+(.*))?");
    /**
     * The form of a word. Ranges contain commas, so a comma inside brackets does not separate. The group repeats
     * possessively (++), because otherwise the matcher recurses for each repetition, and long words exhaust the
     * stack.
     */
    private static final Pattern WORD = Pattern.compile("(?:[\\[(][^\\])]*[\\])]|[^\\s,;])++");
    /** The form that only the argument of a directive has: a library, an address, a file of Java, an option. */
    private static final Pattern ARGUMENT =
            Pattern.compile("[\\w.-]+:[\\w.-]+:.*|(?:\\w+=)?[a-z]+://.*|.*\\.(?:java|jar)|-[-\\w].*");

    Directive {
        words = List.copyOf(words);
    }

    /** Returns the directives of a source, in the order of its lines; mistyped directives are problems. */
    static List<Directive> of(SourceFile source, List<String> problems) {
        List<Directive> directives = new ArrayList<>();
        for (LineComments.Comment comment : LineComments.of(source.text())) {
            Matcher form = FORM.matcher(comment.text().strip());
            if (comment.before().isBlank() && form.matches()) {
                String location = source.fileName() + ":" + comment.line();
                boolean isPlaced = comment.before().isEmpty() && !comment.text().startsWith(" ");
                String rest = form.group(2) == null ? "" : form.group(2);
                add(form.group(1), rest, isPlaced, source, location, directives, problems);
            }
        }
        return directives;
    }

    private static void add(
            String written,
            String rest,
            boolean isPlaced,
            SourceFile source,
            String location,
            List<Directive> directives,
            List<String> problems) {
        DirectiveName name = find(written);
        if (name == null || !isPlaced) {
            String argument = rest.split("\\s", 2)[0];
            if (ARGUMENT.matcher(argument).matches()) {
                mistyped(written, name, isPlaced ? argument : "", location, problems);
            }
            return;
        }
        List<String> words = words(DirectiveVariables.replace(rest, location, problems));
        if (words.isEmpty() && !name.standsAlone()) {
            return;
        }
        name.refusal().ifPresent(advice -> problems.add(location + ": //" + name + " cannot be used: " + advice));
        directives.add(
                new Directive(name, words, source.path().resolveSibling("").toAbsolutePath(), location));
    }

    /**
     * Adds a problem if a name is a mistyped directive.
     *
     * @param argument the argument of a name at the place of a directive; empty elsewhere, where comments are
     */
    private static void mistyped(
            String written, @Nullable DirectiveName name, String argument, String location, List<String> problems) {
        if (name != null) {
            problems.add(location + ": //" + name + " must begin its line, with no space before its name");
            return;
        }
        List<String> known = Stream.concat(
                        Arrays.stream(DirectiveName.values()).map(Enum::name), Stream.of("DEPENDENCIES", "DEPENDENCY"))
                .toList();
        NearName.find(written, known)
                .map(near -> near.startsWith("DEPENDENC") ? DirectiveName.DEPS.name() : near)
                .or(() -> DirectiveName.meantBy(written, argument).map(Enum::name))
                .ifPresent(near -> problems.add(
                        location + ": there is no directive //" + written + "; did you mean //" + near + "?"));
    }

    private static @Nullable DirectiveName find(String written) {
        return Arrays.stream(DirectiveName.values())
                .filter(name -> name.name().equals(written))
                .findFirst()
                .orElse(null);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            if (word.startsWith("//") || word.startsWith("#")) {
                return words;
            }
            words.add(word);
        }
        return words;
    }

    /** Returns a problem with one of its words. */
    String problem(String word, String text) {
        return location + ": " + Texts.quote(word) + " " + text;
    }
}
