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
    /** The most bytes of a character in UTF-8 behind its first one. */
    int MOST_CONTINUATION = 3;

    /**
     * A line, or a part of one that is too long to be searched at once. Immutable.
     *
     * @param begin the index of its first byte
     * @param from the index of the first byte at which a match may begin; the bytes before it were searched
     * @param to the index behind its last byte
     * @param isWhole whether the line ends here; otherwise it goes on
     */
    record Part(int begin, int from, int to, boolean isWhole) {
        /** The bytes at the end of a part in which a match of an expression may be incomplete. */
        private static final int OPEN = 64 * 1024;

        /** Returns the index behind the last byte at which a match of an expression is accepted. */
        private int end(byte[] bytes) {
            return isWhole ? to + 1 : Math.max(from + 1, characterAt(bytes, to - OPEN));
        }
    }

    /**
     * Returns the first byte of the character that has a byte.
     *
     * @param bytes text in UTF-8
     * @param index the index of the byte, from 0
     */
    static int characterAt(byte[] bytes, int index) {
        int first = index;
        while (first > 0 && index - first < MOST_CONTINUATION && (bytes[first] & 0xC0) == 0x80) {
            first--;
        }
        return first;
    }

    /**
     * Finds all matches in a part of a line, which do not overlap.
     *
     * @param bytes the bytes around the part
     * @param part the part
     * @param found receives the index of each match's first byte
     * @return the index of the first byte at which a match in the rest of the line may begin
     * @throws org.experimaestro.WorkspaceException if an expression needs too much time or memory
     */
    int findAll(byte[] bytes, Part part, IntConsumer found);

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
        public int findAll(byte[] bytes, Part part, IntConsumer found) {
            byte firstLower = lower[0];
            byte firstUpper = upper[0];
            int last = part.to() - lower.length;
            int at = part.from();
            while (at <= last) {
                byte next = bytes[at];
                if ((next == firstLower || next == firstUpper) && isAt(bytes, at)) {
                    found.accept(at);
                    at += lower.length;
                } else {
                    at++;
                }
            }
            return at;
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
        public int findAll(byte[] bytes, Part part, IntConsumer found) {
            DecodedBytes text = DecodedBytes.of(bytes, part.begin(), part.to());
            int end = part.end(bytes);
            int[] next = {Math.min(end, part.to())};
            PatternSearch.findAll(
                    pattern, text.text(), text.characterOf(part.from()), part.isWhole(), (first, behind) -> {
                        int at = text.byteOf(first);
                        if (at < end) {
                            found.accept(at);
                            next[0] = Math.max(next[0], text.byteOf(behind));
                        }
                    });
            return next[0];
        }
    }
}
