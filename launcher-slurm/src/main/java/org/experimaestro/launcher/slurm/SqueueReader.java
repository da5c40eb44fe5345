package org.experimaestro.launcher.slurm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;

/**
 * A reader of squeue(1) with {@value #FORMAT} and {@code -r}: columns of fixed widths, which all versions have. The
 * separators of {@code -o} cannot be used, because no letter stands for the exit code.
 */
final class SqueueReader {
    /** The columns for each job, for {@code -O}. */
    static final String FORMAT = "JobArrayID:40,State:20,exit_code:12,Reason:100,StartTime:20";

    private static final int STATE = 40;
    private static final int EXIT_CODE = STATE + 20;
    private static final int REASON = EXIT_CODE + 12;
    private static final int START = REASON + 100;
    /** A time in seconds since 1970. The query asks for this form, because the host's time zone is not known here. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    /** The id of a job, a task, or a part of a heterogeneous job, whose first part runs the script. */
    private static final Pattern ID = Pattern.compile("(\\d+(?:_\\d+)?)(?:\\+(\\d+))?");

    private SqueueReader() {}

    /**
     * Returns the jobs in the output of squeue.
     *
     * @param output the output; lines that are not jobs are ignored
     * @return statuses by id, as in {@link SlurmJobId#id}
     */
    static Map<String, BatchStatus> read(String output) {
        Map<String, BatchStatus> jobs = new LinkedHashMap<>();
        for (String line : output.split("\\R")) {
            String state = column(line, STATE, EXIT_CODE);
            if (!state.isEmpty()) {
                id(line).ifPresent(id -> jobs.put(
                        id,
                        SlurmStatusReader.status(state, column(line, REASON, START), column(line, EXIT_CODE, REASON))
                                .expectedAt(time(column(line, START, line.length())))));
            }
        }
        return jobs;
    }

    /** Returns the time that Slurm expects or knows as the start; empty for {@code N/A}. */
    private static Optional<Instant> time(String text) {
        return SECONDS.matcher(text).matches()
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                : Optional.empty();
    }

    /** Returns the id in the first column of a line; empty if it has none, or that of a later part. */
    static Optional<String> id(String line) {
        Matcher id = ID.matcher(column(line, 0, STATE));
        return id.matches() && (id.group(2) == null || id.group(2).equals("0"))
                ? Optional.of(id.group(1))
                : Optional.empty();
    }

    /** Returns the text between two columns of a line. */
    static String column(String line, int from, int to) {
        return from >= line.length()
                ? ""
                : line.substring(from, Math.min(to, line.length())).strip();
    }
}
