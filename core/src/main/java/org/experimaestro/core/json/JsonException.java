package org.experimaestro.core.json;

/** An error in a text that is not strict JSON, or whose content is not as its reader expects. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String problem;

    /**
     * Creates an error of the content, without a position in the text.
     *
     * @param problem the key and its source, with the value expected and the value found
     */
    public JsonException(String problem) {
        super(problem);
        this.line = 0;
        this.column = 0;
        this.problem = problem;
    }

    /**
     * Creates an error at a position of the text. The message is {@code line 3, column 14: } and the problem.
     *
     * @param line the line, from 1
     * @param column the column, from 1
     * @param problem the text expected and the text found
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
     * Returns the line of the error.
     *
     * @return the line, from 1; 0 if there is no position
     */
    public int line() {
        return line;
    }

    /**
     * Returns the column of the error, in Unicode characters (a tab is one).
     *
     * @return the column, from 1; 0 if there is no position
     */
    public int column() {
        return column;
    }

    /**
     * Returns the message without its position, for a caller that writes {@code file:line} before it.
     *
     * @return the value expected and the value found
     */
    public String problem() {
        return problem;
    }
}
