package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The workspaces of the runs of this process. A saved configuration whose own workspace has moved is looked for there.
 * Thread-safe.
 */
public final class RunWorkspaces {
    private static final List<Path> OPEN = new CopyOnWriteArrayList<>();

    private RunWorkspaces() {}

    /** The time in which a run may load configurations. */
    @FunctionalInterface
    public interface Entry extends AutoCloseable {
        /** Ends it. */
        @Override
        void close();
    }

    /**
     * Begins the run of a plan.
     *
     * @param workspace the absolute path of its workspace
     * @return to be closed when the run has ended
     */
    public static Entry enter(Path workspace) {
        OPEN.add(workspace);
        return () -> OPEN.remove(workspace);
    }

    /**
     * Returns the workspaces of the runs that go on: one, unless a test runs several plans at once.
     *
     * @return absolute paths
     */
    static List<Path> current() {
        return List.copyOf(OPEN);
    }
}
