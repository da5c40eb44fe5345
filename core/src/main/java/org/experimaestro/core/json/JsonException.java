package org.experimaestro.core.json;

/** A text is not strict JSON, or its content is not what the reader of it needs. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String problem;

    /**
     * An error about the content, without a position in the text.
     *
     * @param problem which key of which source, what was expected and what was found
     */
    public JsonException(String problem) {
        super(problem);
        this.line = 0;
        this.column = 0;
        this.problem = problem;
    }

    /**
     * An error at a position of the text. The message is {@code line 3, column 14: } and the problem.
     *
     * @param line the line, from 1
     * @param column the column, from 1
     * @param problem what was expected and what was found
     */
    public JsonException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    // The result is declared as RuntimeException so that the verifier does not load this class for a good document.
    static RuntimeException at(String text, int offset, String problem) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char found = text.charAt(i);
            boolean ends = found == '\n' || (found == '\r' && !text.startsWith("\n", i + 1));
            if (ends) {
                line++;
                lineStart = i + 1;
            }
        }
        return new JsonException(line, text.codePointCount(lineStart, offset) + 1, problem);
    }

    /**
     * The line of the error.
     *
     * @return the line, from 1; 0 where there is no position
     */
    public int line() {
        return line;
    }

    /**
     * The column of the error, in Unicode characters (a tab is one).
     *
     * @return the column, from 1; 0 where there is no position
     */
    public int column() {
        return column;
    }

    /**
     * The message without its position, for a caller who writes {@code file:line} before it.
     *
     * @return what was expected and what was found
     */
    public String problem() {
        return problem;
    }
}
