package org.experimaestro;

/** The workspace cannot be read or written, or was written by a newer version. */
public final class WorkspaceException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private WorkspaceException(Builder<WorkspaceException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem what could not be done, to what, and the value found
     * @return its parts, of which the others may be added
     */
    public static Builder<WorkspaceException> of(String problem) {
        return new Builder<>(WorkspaceException::new, problem);
    }
}
