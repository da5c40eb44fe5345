package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.experimaestro.model.identity.JobPath;

/**
 * The workspaces of the runs of this process. A saved configuration whose own workspace has moved is looked for there.
 * Thread-safe.
 */
public final class RunWorkspaces {
    private static final List<Run> OPEN = new CopyOnWriteArrayList<>();

    private RunWorkspaces() {}

    /** The time in which a run may load configurations. */
    @FunctionalInterface
    public interface Entry extends AutoCloseable {
        /** Ends it. */
        @Override
        void close();
    }

    /** A run that goes on. */
    private record Run(Path workspace, Predicate<Path> isDone) {}

    /**
     * Begins the run of a plan.
     *
     * @param workspace the absolute path of its workspace
     * @param isDone returns whether the job of a folder is done, so that its files do not change any more
     * @return to be closed when the run has ended
     */
    public static Entry enter(Path workspace, Predicate<Path> isDone) {
        Run run = new Run(workspace, isDone);
        OPEN.add(run);
        return () -> OPEN.remove(run);
    }

    /**
     * Returns the workspaces of the runs that go on: one, unless a test runs several plans at once.
     *
     * @return absolute paths
     */
    static List<Path> current() {
        List<Path> workspaces = new ArrayList<>();
        for (Run run : OPEN) {
            workspaces.add(run.workspace());
        }
        return workspaces;
    }

    /**
     * Returns whether a job of a run's workspace is not done, so that its files may still change.
     *
     * @param job the absolute path of the job's folder
     * @return false also for a job of another workspace
     */
    static boolean isUnfinished(Path job) {
        for (Run run : OPEN) {
            if (job.startsWith(run.workspace().resolve(JobPath.FOLDER))
                    && !run.isDone().test(job)) {
                return true;
            }
        }
        return false;
    }
}
