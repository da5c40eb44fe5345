package org.experimaestro.monitor.filter;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.VisibleText;

/**
 * The search for a regular expression in a value. Both may be those of other people: an expression with nested
 * repetitions takes a time that is exponential in the text, and Java's matcher can be stopped by its text only.
 */
public final class PatternSearch {
    /** The most characters that one search reads, again and again: about a second. */
    private static final int MOST_READS = 20_000_000;

    private static final Pattern SIGN = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

    private PatternSearch() {}

    /**
     * Returns whether an expression is found anywhere in a text.
     *
     * @throws WorkspaceException if the search takes too much time or memory
     */
    static boolean isFound(Pattern pattern, String text) {
        return search(pattern, text, Matcher::find);
    }

    /** Receives the matches of a search, one after the other. */
    @FunctionalInterface
    public interface MatchConsumer {
        /**
         * Receives a match.
         *
         * @param start the index of its first character
         * @param end the index behind its last character
         */
        void accept(int start, int end);
    }

    /**
     * Finds all matches of an expression in a text. They do not overlap.
     *
     * @param pattern the expression
     * @param text the text
     * @param from the index at which the first match may begin; the characters before it are only looked back at
     * @param isWhole whether the text has an end; otherwise it goes on, and no match is one only for its end
     * @param found receives the matches
     * @throws WorkspaceException if the search takes too much time or memory
     */
    @SuppressWarnings("JdkObsolete") // a text that comes in parts is what requireEnd is for
    public static void findAll(Pattern pattern, String text, int from, boolean isWhole, MatchConsumer found) {
        search(pattern, text, matcher -> {
            matcher.region(from, text.length()).useAnchoringBounds(false).useTransparentBounds(true);
            while (matcher.find()) {
                if (isWhole || !matcher.requireEnd()) {
                    found.accept(matcher.start(), matcher.end());
                }
            }
            return true;
        });
    }

    private static boolean search(Pattern pattern, String text, Predicate<Matcher> search) {
        try {
            return search.test(pattern.matcher(new CountedText(text)));
        } catch (StackOverflowError tooDeep) {
            // Java's matcher recurs for each repetition of a group.
            throw problem(pattern, text, "memory");
        } catch (TooLongException tooLong) {
            throw problem(pattern, text, "time");
        }
    }

    /** Returns the expression that finds a text as it is, with a backslash only before signs that need one. */
    static String escaped(String text) {
        return SIGN.matcher(text).replaceAll("\\\\$0");
    }

    private static WorkspaceException problem(Pattern pattern, String text, String need) {
        return WorkspaceException.of("Cannot search " + VisibleText.of(pattern.pattern()) + " in a text of "
                        + text.length() + " characters: the expression needs too much " + need)
                .advice("write it without repeated groups, such as [ab]* in the place of (a|b)*")
                .build();
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super(null, null, false, false);
        }
    }

    /** A text that can be read so many times. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private int reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS) {
                throw new TooLongException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
