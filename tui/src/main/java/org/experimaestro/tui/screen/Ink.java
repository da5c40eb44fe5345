package org.experimaestro.tui.screen;

/** The meaning of a colour. The terminal's own palette has the colour, so that it fits the user's theme. */
public enum Ink {
    /** Text. */
    PLAIN(39),
    /** Text of less weight. */
    FAINT(90),
    /** The state done. */
    DONE(32),
    /** The state failed, and errors. */
    FAILED(31),
    /** The state running. */
    RUNNING(34),
    /** The state queued, and starting. */
    QUEUED(33),
    /** The mark of the cursor. */
    ACCENT(35),
    /** The mark of a match. */
    MARK(36);

    private final int code;

    Ink(int code) {
        this.code = code;
    }

    /** Returns the parameter of the sequence that selects it (SGR). */
    int code() {
        return code;
    }
}
