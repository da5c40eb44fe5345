package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;

/**
 * Measures the writing of the changes of a run's jobs to its journal, which the scheduler's thread does, and prints the
 * median and the 99.9th percentile. Arguments: the folder of a workspace, on the file system to measure, and how many
 * changes.
 */
public final class JournalWrites {
    private JournalWrites() {}

    /**
     * Measures.
     *
     * @param arguments the folder, and the number of changes
     * @throws IOException if the journal cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        RunFolder run = workspace.experiment("journal").newRun(Instant.now());
        long[] nanos = new long[count];
        try (RunJournal journal = run.openJournal()) {
            for (int i = 0; i < count; i++) {
                String job = ManyJobs.job(workspace, i).name();
                RunEvent event = new RunEvent(Instant.now(), job, "RUNNING", OptionalInt.of(1), "");
                long start = System.nanoTime();
                journal.add(event);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "a change in the journal, of %-29d median %6.1f us  99.9 %% %6.1f us%n",
                count,
                nanos[count / 2] / 1e3,
                nanos[(int) (count * 0.999)] / 1e3);
    }
}
