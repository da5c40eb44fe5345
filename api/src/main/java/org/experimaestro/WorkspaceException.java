package org.experimaestro;

/** An error of the workspace: it cannot be read or written, or was written by a newer version. */
public final class WorkspaceException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private WorkspaceException(Builder<WorkspaceException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem the action that failed, its object, and the value found
     * @return a builder, to which the other parts may be added
     */
    public static Builder<WorkspaceException> of(String problem) {
        return new Builder<>(WorkspaceException::new, problem);
    }
}
