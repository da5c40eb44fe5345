package org.experimaestro.loader.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A search for the comments of a Java source that go to the end of their line. A similar text inside a string is
 * ignored.
 */
final class LineComments {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private final List<Comment> comments = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private LineComments(String source) {
        this.source = source;
    }

    /**
     * A comment.
     *
     * @param line the number of its line, from 1
     * @param before the text before it in its line
     * @param text the text after its two slashes
     */
    record Comment(int line, String before, String text) {}

    static List<Comment> of(String source) {
        var reader = new LineComments(source);
        while (reader.at < source.length()) {
            reader.next();
        }
        return reader.comments;
    }

    private void next() {
        if (source.startsWith("//", at)) {
            int end = at;
            while (end < source.length() && !isLineEnd(end)) {
                end++;
            }
            comments.add(new Comment(line, source.substring(lineStart, at), source.substring(at + 2, end)));
            at = end;
        } else if (source.startsWith("/*", at)) {
            at += 2;
            skipTo("*/", false);
        } else if (source.startsWith(TEXT_BLOCK, at)) {
            at += TEXT_BLOCK.length();
            skipTo(TEXT_BLOCK, true);
        } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
            skipLiteral(source.charAt(at));
        } else {
            step();
        }
    }

    private void skipTo(String end, boolean hasEscapes) {
        while (at < source.length() && !source.startsWith(end, at)) {
            if (hasEscapes && source.charAt(at) == '\\') {
                step();
            }
            step();
        }
        at = Math.min(source.length(), at + end.length());
    }

    /** Skips a literal. A literal that does not end in its line is an error, which the compiler reports. */
    private void skipLiteral(char quote) {
        at++;
        while (at < source.length() && source.charAt(at) != quote && !isLineEnd(at)) {
            at += source.charAt(at) == '\\' && at + 1 < source.length() && !isLineEnd(at + 1) ? 2 : 1;
        }
        if (at < source.length() && !isLineEnd(at)) {
            at++;
        }
    }

    private void step() {
        if (at < source.length() && isLineEnd(at)) {
            at += source.startsWith("\r\n", at) ? 2 : 1;
            line++;
            lineStart = at;
        } else {
            at++;
        }
    }

    private boolean isLineEnd(int index) {
        char character = source.charAt(index);
        return character == '\n' || character == '\r';
    }
}
