package org.experimaestro.web.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.experimaestro.monitor.filter.PatternSearch;
import org.experimaestro.web.http.HttpProblem;

/** A way to find a text in lines of a log. Thread-safe. */
sealed interface LineMatcher {
    /**
     * Finds all matches in a part of a line, which do not overlap.
     *
     * @param bytes the bytes around the part
     * @param from the index of its first byte
     * @param to the index behind its last byte
     * @param found receives the index of each match's first byte
     * @throws org.experimaestro.WorkspaceException if an expression needs too much time or memory
     */
    void findAll(byte[] bytes, int from, int to, IntConsumer found);

    /**
     * Returns the matcher of a search.
     *
     * @param text a text, or a regular expression
     * @param isExpression whether it is an expression
     * @param isExact whether upper and lower case differ
     * @throws HttpProblem if the expression is wrong
     */
    static LineMatcher of(String text, boolean isExpression, boolean isExact) {
        if (!isExpression && (isExact || text.chars().allMatch(each -> each < 0x80))) {
            return new ByteMatcher(text, isExact);
        }
        int flags = isExact ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        try {
            return new ExpressionMatcher(Pattern.compile(text, isExpression ? flags : flags | Pattern.LITERAL));
        } catch (PatternSyntaxException wrong) {
            throw HttpProblem.badRequest("Cannot search: the expression is wrong: " + wrong.getDescription())
                    .with("at", Math.max(0, wrong.getIndex()))
                    .with("length", 1);
        }
    }

    /** A search for bytes, which needs no text made of them. */
    final class ByteMatcher implements LineMatcher {
        private final byte[] lower;
        private final byte[] upper;

        ByteMatcher(String text, boolean isExact) {
            lower = (isExact ? text : lowerCase(text)).getBytes(StandardCharsets.UTF_8);
            upper = (isExact ? text : upperCase(text)).getBytes(StandardCharsets.UTF_8);
        }

        private static String lowerCase(String ascii) {
            return ascii.toLowerCase(Locale.ROOT);
        }

        private static String upperCase(String ascii) {
            return ascii.toUpperCase(Locale.ROOT);
        }

        @Override
        public void findAll(byte[] bytes, int from, int to, IntConsumer found) {
            byte firstLower = lower[0];
            byte firstUpper = upper[0];
            int last = to - lower.length;
            int at = from;
            while (at <= last) {
                byte next = bytes[at];
                if ((next == firstLower || next == firstUpper) && isAt(bytes, at)) {
                    found.accept(at);
                    at += lower.length;
                } else {
                    at++;
                }
            }
        }

        private boolean isAt(byte[] bytes, int at) {
            for (int i = 1; i < lower.length; i++) {
                byte next = bytes[at + i];
                if (next != lower[i] && next != upper[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A search for an expression in the text of each line. */
    final class ExpressionMatcher implements LineMatcher {
        private final Pattern pattern;

        ExpressionMatcher(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public void findAll(byte[] bytes, int from, int to, IntConsumer found) {
            String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            boolean isPlain = line.length() == to - from;
            PatternSearch.findAll(
                    pattern,
                    line,
                    index -> found.accept(from
                            + (isPlain ? index : line.substring(0, index).getBytes(StandardCharsets.UTF_8).length)));
        }
    }
}
