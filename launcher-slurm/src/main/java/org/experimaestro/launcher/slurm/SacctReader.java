package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;

/**
 * A reader of sacct(1) with {@code -nXP -o }{@value #FORMAT}. Tasks of an array that never started share a line,
 * {@code 1234_[2-100%20]}; they may share it even after they were cancelled together. While tasks wait, that line is
 * not reliable. A task that was cancelled by itself stays in it until the state of the others changes. Afterwards it
 * has no line at all.
 */
final class SacctReader {
    /** The columns for each job, for {@code -o}. */
    static final String FORMAT = "JobID,State,ExitCode";

    private static final Pattern ID = Pattern.compile("(\\d{1,18})(?:_(?:(\\d{1,9})|\\[([^\\]]*)\\]?))?(?:\\+(\\d+))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9})(?::([1-9]\\d{0,8}))?)?");

    private final Map<String, BatchStatus> jobs = new LinkedHashMap<>();
    private final List<Shared> shared = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    /** A line for several tasks. */
    private record Shared(long job, String tasks, BatchStatus status) {}

    private SacctReader() {}

    /** Reads the output of sacct; lines that are not jobs (steps, messages) are ignored. */
    static SacctReader read(String output) {
        var reader = new SacctReader();
        for (String line : output.split("\\R")) {
            String[] fields = line.split("\\|", -1);
            Matcher id = ID.matcher(fields[0].strip());
            if (fields.length >= 3
                    && !fields[1].isBlank()
                    && id.matches()
                    && (id.group(4) == null || id.group(4).equals("0"))) {
                reader.add(id, SlurmStatusReader.status(fields[1].strip(), "", fields[2].strip()));
            }
        }
        return reader;
    }

    private void add(Matcher id, BatchStatus status) {
        long job = Long.parseLong(id.group(1));
        known.add(job);
        if (id.group(3) != null) {
            shared.add(new Shared(job, id.group(3), status));
        } else {
            jobs.put(id.group(2) == null ? id.group(1) : id.group(1) + "_" + id.group(2), status);
        }
    }

    /**
     * Returns the status of a job, from its last line if there are several; empty if it has only the line of waiting
     * tasks.
     */
    Optional<BatchStatus> find(SlurmJobId jobId) {
        BatchStatus status = jobs.get(jobId.id());
        return status != null ? Optional.of(status) : findShared(jobId, true);
    }

    /** Returns the status of a task from the line of waiting tasks; the task may have been cancelled nevertheless. */
    Optional<BatchStatus> findWaiting(SlurmJobId jobId) {
        return findShared(jobId, false);
    }

    private Optional<BatchStatus> findShared(SlurmJobId jobId, boolean ended) {
        if (jobId.task().isEmpty()) {
            return Optional.empty();
        }
        int task = jobId.task().getAsInt();
        return shared.stream()
                .filter(line -> line.job() == jobId.job() && contains(line.tasks(), task))
                .map(Shared::status)
                .filter(status -> (status.phase() == BatchStatus.Phase.ENDED) == ended)
                .reduce((first, last) -> last);
    }

    /** Returns whether sacct has a line for the job, or for any task of the array. */
    boolean knows(long job) {
        return known.contains(job);
    }

    /**
     * Returns whether an expression such as {@code 1,3-5,10-20:2%4} contains a number. An expression that was cut
     * contains its visible numbers.
     */
    static boolean contains(String tasks, int task) {
        for (String part : tasks.split("%", 2)[0].split(",")) {
            Matcher range = RANGE.matcher(part.strip());
            if (range.matches()) {
                int first = Integer.parseInt(range.group(1));
                int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
                if (task >= first && task <= last && (task - first) % step == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
