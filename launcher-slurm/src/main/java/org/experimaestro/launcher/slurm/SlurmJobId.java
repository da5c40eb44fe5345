package org.experimaestro.launcher.slurm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's name in Slurm: {@code 1234}, or {@code 1234_5} for a task of an array. {@code ;cluster} follows if it was
 * submitted to a cluster by name.
 *
 * @param job the number of the job, or of the array
 * @param task the number of the task in the array
 * @param cluster the cluster, empty for the commands' default cluster; {@code all} would be all clusters
 */
record SlurmJobId(long job, OptionalInt task, Optional<String> cluster) {
    private static final Pattern FORM =
            Pattern.compile("([1-9]\\d{0,17})(?:_(0|[1-9]\\d{0,8}))?(?:;(?!(?i:all)$)(\\w[\\w.-]*))?");

    /** Reads a job id; empty if the text is not a job id. */
    static Optional<SlurmJobId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalInt task =
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2)));
        return Optional.of(
                new SlurmJobId(Long.parseLong(matcher.group(1)), task, Optional.ofNullable(matcher.group(3))));
    }

    /** Reads a text that must be a job id. */
    static SlurmJobId of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("Not a job of Slurm, as in 1234 or 1234_5: " + text));
    }

    /** Returns the task of an array. */
    SlurmJobId withTask(int number) {
        return new SlurmJobId(job, OptionalInt.of(number), cluster);
    }

    /** Returns the form for Slurm's commands and from their output: without the cluster. */
    String id() {
        return task.isPresent() ? job + "_" + task.getAsInt() : Long.toString(job);
    }

    @Override
    public String toString() {
        return id() + cluster.map(name -> ";" + name).orElse("");
    }
}
