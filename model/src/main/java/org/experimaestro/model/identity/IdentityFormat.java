package org.experimaestro.model.identity;

/** The marks in the bytes of identifiers, as described in docs/identifier-bytes.md. */
public final class IdentityFormat {
    /** The number of the format, the first byte of every stream. A change of any byte below is a new format. */
    public static final int FORMAT = 1;

    /** Begins a configuration. */
    public static final byte CONFIGURATION = 'C';
    /** Begins a parameter of a configuration. */
    public static final byte PARAMETER = 'P';
    /** Begins the identifier of an init task. */
    public static final byte INIT_TASK = 'A';
    /** Begins the identifier of the task that makes a configuration. */
    public static final byte PRODUCER = 'T';
    /** Ends a configuration. */
    public static final byte END = 'Z';

    /** An absent optional. */
    public static final byte ABSENT = 'N';
    /** A truth value. */
    public static final byte BOOLEAN = 'B';
    /** A whole number. */
    public static final byte INTEGER = 'I';
    /** A floating-point number. */
    public static final byte FLOATING = 'D';
    /** A character. */
    public static final byte CHARACTER = 'H';
    /** A text. */
    public static final byte STRING = 'S';
    /** A constant of an enum. */
    public static final byte ENUM = 'E';
    /** A duration. */
    public static final byte DURATION = 'U';
    /** A path. */
    public static final byte PATH = 'F';
    /** A path in a job's folder. */
    public static final byte JOB_PATH = 'J';
    /** A path below a named root. */
    public static final byte ROOTED_PATH = 'O';
    /** The content of a file or folder. */
    public static final byte CONTENT = 'K';
    /** A configuration, by its identifier. */
    public static final byte IDENTIFIER = 'R';
    /** A list. */
    public static final byte LIST = 'L';
    /** A set. */
    public static final byte SET = 'X';
    /** A map. */
    public static final byte MAP = 'M';

    private IdentityFormat() {}
}
