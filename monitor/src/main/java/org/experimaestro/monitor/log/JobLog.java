package org.experimaestro.monitor.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;

/** The output of a job's process, copied byte by byte in little memory. Confined to one thread. */
public final class JobLog {
    private static final Duration LEAST_PAUSE = Duration.ofMillis(50);
    private static final Duration GREATEST_PAUSE = Duration.ofSeconds(1);

    private final JobFolder job;
    private final int attempt;
    private final List<Source> sources;
    private final boolean headed;
    private int current = -1;
    private int lastByte = '\n';

    /** The part of a job's output that is shown. */
    public enum Part {
        /** The standard output. */
        OUTPUT,
        /** The standard error. */
        ERROR,
        /** The standard output and then the standard error, each under a heading. */
        BOTH
    }

    private record Source(String name, LogStream stream) {}

    /**
     * Opens the log of one attempt.
     *
     * @param job the job
     * @param attempt the number of the attempt, from 1
     * @param part the part that is shown
     */
    public JobLog(JobFolder job, int attempt, Part part) {
        this.job = job;
        this.attempt = attempt;
        this.headed = part == Part.BOTH;
        this.sources = new ArrayList<>();
        if (part != Part.ERROR) {
            sources.add(new Source("stdout", new LogStream(job.standardOutput(attempt))));
        }
        if (part != Part.OUTPUT) {
            sources.add(new Source("stderr", new LogStream(job.standardError(attempt))));
        }
    }

    /**
     * Opens the log of an attempt, after a check that there is one.
     *
     * @param job the job
     * @param attempt the number of the attempt, from 1; empty for the last one
     * @param part the part that is shown
     * @return the log
     * @throws WorkspaceException if the job has no log of that attempt, or if the number of its last attempt cannot
     *     be read
     */
    public static JobLog of(JobFolder job, OptionalInt attempt, Part part) {
        return new JobLog(job, choose(job, job.status(), attempt), part);
    }

    private static int choose(JobFolder job, JobStatus status, OptionalInt attempt) {
        if (status instanceof JobStatus.Corrupt && attempt.isEmpty()) {
            throw WorkspaceException.of(
                            "Cannot tell which attempt of " + job.name() + " was the last: " + status.message())
                    .advice("choose one with --attempt")
                    .build();
        }
        if (status instanceof JobStatus.New) {
            Optional<TrashEntry> entry = new Trash(Workspace.view(job.workspace())).find(job.name());
            throw WorkspaceException.of("The job " + job.name()
                            + (entry.isPresent()
                                    ? " was cleaned: its log is in the trash"
                                    : " was never started: it has no log"))
                    .advice(entry.map(known -> "bring it back with: experimaestro trash undo " + known.name())
                            .orElse(null))
                    .build();
        }
        if (attempt.isEmpty()) {
            return status.lastAttempt().orElseThrow();
        }
        int chosen = attempt.getAsInt();
        if (!Files.exists(job.standardOutput(chosen)) && !Files.exists(job.standardError(chosen))) {
            throw WorkspaceException.of("The job " + job.name() + " has no log of an attempt " + chosen)
                    .advice(
                            status.lastAttempt().isEmpty()
                                    ? null
                                    : "its last attempt is "
                                            + status.lastAttempt().getAsInt())
                    .build();
        }
        return chosen;
    }

    /**
     * Skips all but the last lines.
     *
     * @param lines the number of lines of each file, 0 or more
     * @throws WorkspaceException if a file cannot be read
     */
    public void skipToLast(int lines) {
        each(source -> source.stream().skipToLast(lines));
    }

    /**
     * Copies the output that exists now and was not copied before.
     *
     * @param out receives the bytes
     * @return whether there were any
     * @throws WorkspaceException if a file cannot be read
     */
    public boolean copyTo(OutputStream out) {
        boolean[] any = {false};
        each(source -> {
            if (source.stream().hasMore()) {
                heading(out, sources.indexOf(source));
                int last = source.stream().copyTo(out);
                lastByte = last < 0 ? lastByte : last;
                any[0] = true;
                out.flush();
            }
        });
        return any[0];
    }

    /**
     * Writes a heading if the file differs from that of the previous output, as {@code tail -f} does with several
     * files.
     */
    private void heading(OutputStream out, int index) throws IOException {
        if (!headed || index == current) {
            return;
        }
        String text = (lastByte == '\n' ? "" : "\n") + (current < 0 ? "" : "\n") + "==> "
                + sources.get(index).name() + " <==\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        current = index;
    }

    /**
     * Copies the output, waiting for more, until the attempt has ended or the reader has closed {@code out}.
     *
     * @param out receives the bytes
     * @return the job's final state, or its state when the reader closed {@code out}
     * @throws WorkspaceException if a file cannot be read
     * @throws InterruptedException if this thread is interrupted
     */
    public JobStatus follow(OutputStream out) throws InterruptedException {
        Duration pause = LEAST_PAUSE;
        while (true) {
            // The state is read before the rest of the output, because an ended process prints nothing more.
            JobStatus status = job.status();
            boolean any = copyTo(out);
            if (!status.isActive() || status.lastAttempt().orElse(0) != attempt || LogStream.isClosed(out)) {
                return status;
            }
            pause = any ? LEAST_PAUSE : longer(pause);
            Thread.sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(GREATEST_PAUSE) < 0 ? twice : GREATEST_PAUSE;
    }

    private interface Step {
        void on(Source source) throws IOException;
    }

    private void each(Step step) {
        for (Source source : sources) {
            try {
                step.on(source);
            } catch (IOException failed) {
                throw WorkspaceException.of("Cannot show the " + source.name() + " of " + job.name() + ", attempt "
                                + attempt + ": " + Failures.reason(failed))
                        .cause(failed)
                        .build();
            }
        }
    }
}
