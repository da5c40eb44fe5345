package org.experimaestro.monitor.filter;

import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.VisibleText;

/**
 * The search for a regular expression in a value. Both may be those of other people: an expression with nested
 * repetitions takes a time that is exponential in the text, and Java's matcher can be stopped by its text only.
 */
final class PatternSearch {
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
        try {
            return pattern.matcher(new CountedText(text)).find();
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
