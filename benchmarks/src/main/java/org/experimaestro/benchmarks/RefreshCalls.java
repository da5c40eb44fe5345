package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.Workspace;

/**
 * Refreshes the index of a workspace of {@link ManyJobs} after each of the {@link WorkspaceChanges}, as often as a watch does. A look
 * at files that are not there, {@code mark-begin KIND} and {@code mark-end}, tells {@code strace} where a refresh begins and ends.
 * Arguments: the folder, the number of the first further job, and {@code live} if a run goes on meanwhile.
 */
public final class RefreshCalls {
    private static final int TIMES = 20;
    private static final long PERIOD_MILLIS = 100;

    private RefreshCalls() {}

    /**
     * Refreshes.
     *
     * @param arguments the folder, the number of the first further job, and {@code live} for a run that goes on
     * @throws IOException if the changes cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workspace workspace = Workspace.view(Path.of(arguments[0]));
        boolean isLive = arguments.length > 2 && arguments[2].equals("live");
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        index.store();
        try (WorkspaceChanges changes = new WorkspaceChanges(workspace, Integer.parseInt(arguments[1]), isLive)) {
            for (int i = 0; i < TIMES; i++) {
                boolean isWarm = i > 0; // the JVM reads its classes once
                changes.make((kind, subject, step) -> {
                    Thread.sleep(PERIOD_MILLIS);
                    step.make();
                    refresh(index, isWarm ? kind : "for the first time");
                });
                refresh(index, "nothing");
            }
        }
    }

    private static void refresh(WorkspaceIndex index, String kind) {
        Files.exists(Path.of("mark-begin " + kind));
        index.poll();
        Files.exists(Path.of("mark-end"));
    }
}
