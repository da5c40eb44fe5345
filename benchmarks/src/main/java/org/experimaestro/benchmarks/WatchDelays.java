package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.monitor.index.Change;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.index.WorkspaceWatch;
import org.experimaestro.workspace.Workspace;

/**
 * Watches a workspace of {@link ManyJobs}, makes the {@link WorkspaceChanges} again and again, and prints for each kind of change how
 * long the watch takes to see it. Arguments: the folder, the number of the first further job, and {@code live} if a run goes on
 * meanwhile, which submits the jobs and writes its journal.
 */
public final class WatchDelays {
    private static final int TIMES = 30;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Map<String, List<Double>> delays = new LinkedHashMap<>();
    private int changes;

    private WatchDelays() {}

    /**
     * Watches.
     *
     * @param arguments the folder, the number of the first further job, and {@code live} for a run that goes on
     * @throws IOException if the changes cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean isLive = arguments.length > 2 && arguments[2].equals("live");
        new WatchDelays().measure(Workspace.view(Path.of(arguments[0])), Integer.parseInt(arguments[1]), isLive);
    }

    private void measure(Workspace workspace, int next, boolean isLive) throws IOException, InterruptedException {
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        index.store();
        index.listen(changes -> changes.list().stream().map(Change::subject).forEach(seen::add));
        try (WorkspaceChanges changes = new WorkspaceChanges(workspace, next, isLive);
                WorkspaceWatch watch = WorkspaceWatch.start(index)) {
            Thread.sleep(1000);
            for (int i = 0; i < TIMES; i++) {
                changes.make(this::see);
            }
            watch.wake();
        }
        delays.forEach((kind, millis) -> {
            millis.sort(null);
            System.out.printf(
                    "%-28s %4.0f ms (median), %4.0f ms (the slowest of %d)%n",
                    kind, millis.get(TIMES / 2), millis.getLast(), TIMES);
        });
    }

    /** Makes a change at any time between two refreshes, and waits until the watch tells of it. */
    private void see(String kind, String subject, WorkspaceChanges.Step step) throws IOException, InterruptedException {
        Thread.sleep(150 + 7L * (changes++ * 13 % 20));
        seen.clear();
        step.make();
        long made = System.nanoTime();
        while (!seen.take().equals(subject)) {
            // another change
        }
        delays.computeIfAbsent(kind, key -> new ArrayList<>()).add((System.nanoTime() - made) / 1e6);
    }
}
