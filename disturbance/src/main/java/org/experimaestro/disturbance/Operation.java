package org.experimaestro.disturbance;

/** A call of the system that a test can act before or after. */
public enum Operation {
    /** A look at a file: stat(2), access(2). */
    LOOK,
    /** A file is opened, and made if it is to be. */
    OPEN,
    /** Bytes are written to a file that was opened as a stream. */
    WRITE,
    /** A folder is opened to be listed. */
    LIST,
    /** A folder is made. */
    MAKE_FOLDER,
    /** A file is given a further name; the path is the new name. */
    LINK,
    /** A file is renamed; the path is the new name. */
    MOVE,
    /** A file or an empty folder is deleted. */
    DELETE
}
