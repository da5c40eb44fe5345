package org.experimaestro.loader.source;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables in a path or an address of a pom, written {@code ${name}}. The values of properties have variables,
 * too.
 */
final class PomVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final int MOST_DEPTH = 5;
    /**
     * The greatest length of a result, that of the longest path (PATH_MAX of Linux). Without it, a few properties
     * that name each other several times would fill the memory.
     */
    private static final int LONGEST = 4096;

    private PomVariables() {}

    /**
     * Replaces the variables of a text.
     *
     * @param text the text, as written in a pom
     * @param values returns the value of a name, or {@code null}, which leaves the variable unchanged
     * @return the text with values; the text as written if it would become longer than any path
     */
    static String replace(String text, Function<String, @Nullable String> values) {
        String replaced = text;
        for (int depth = 0; depth < MOST_DEPTH && replaced.indexOf('$') >= 0; depth++) {
            String next = replaced.length() > LONGEST ? null : replaceOnce(replaced, values);
            if (next == null) {
                return text;
            }
            replaced = next;
        }
        return replaced;
    }

    private static @Nullable String replaceOnce(String text, Function<String, @Nullable String> values) {
        var replaced = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        int from = 0;
        while (variable.find()) {
            String value = values.apply(variable.group(1));
            replaced.append(text, from, variable.start()).append(value == null ? variable.group() : value);
            from = variable.end();
            if (replaced.length() > LONGEST) {
                return null;
            }
        }
        return replaced.append(text, from, text.length()).toString();
    }
}
