package org.experimaestro.cli.experiment;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.view.ShortIdentifiers;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** The lines about a job in a run that runs nothing: its state, and the reason why a run would run it. */
final class PlannedJobTexts {
    /** The number of differing parameters that are shown. {@code explain} shows all. */
    private static final int SHOWN = 3;

    private static final int VALUE_LENGTH = 60;

    private PlannedJobTexts() {}

    /** Returns the name and the tags of a job. */
    static String name(SubmittedTask task) {
        return task.folder().name() + (task.tags().isEmpty() ? "" : "  " + ValueTexts.of(task.tags()));
    }

    /**
     * Returns the first line: the job's name, state, tags and placement.
     *
     * @param task the job
     * @param user the name of the job for which a job whose outputs were removed would run again; may be empty
     */
    static String headline(SubmittedTask task, String user) {
        StringBuilder text = new StringBuilder();
        text.append(task.folder().name())
                .append("  ")
                .append(task.changes().isEmpty() ? state(task.found(), user) : "other defaults");
        if (!task.code().isNone()) {
            text.append(", with other code: ").append(CausePhrases.code(task.code()));
        }
        if (!task.tags().isEmpty()) {
            text.append("  ").append(ValueTexts.of(task.tags()));
        }
        if (task.placement() != null && !isPlain(task.placement())) {
            text.append("  on ").append(task.placement());
        }
        return text.toString();
    }

    /** Returns whether a job runs on this machine without any requirement. */
    static boolean isPlain(Placement placement) {
        return placement.launcher().isHere() && placement.resources().equals(Resources.NONE);
    }

    private static String state(JobStatus status, String user) {
        return switch (status) {
            case JobStatus.New _ -> "new, to run";
            case JobStatus.Starting _ -> "starting";
            case JobStatus.Queued queued -> "queued: " + queued.batchJob();
            case JobStatus.Running _ -> "running";
            case JobStatus.Done _ -> "done";
            case JobStatus.Removed removed ->
                removed.words() + "; would run again" + (user.isEmpty() ? "" : " for " + user);
            case JobStatus.Failed _ -> "failed before, to run again";
            case JobStatus.Corrupt corrupt -> "unreadable: " + corrupt.message();
        };
    }

    /** Returns what ended the last attempt of a failed job, as a label for the message of the failure. */
    static String failure(JobStatus.Failed failed) {
        OptionalInt attempt = failed.lastAttempt();
        return (attempt.isPresent() ? "attempt " + attempt.getAsInt() : "the job") + " "
                + failed.cause().phrase() + (failed.message().isEmpty() ? "" : ": ");
    }

    /** Returns the difference from the nearest done job. */
    static String difference(NearestJob.Other nearest) {
        List<Difference> counting =
                nearest.differences().stream().filter(Difference::counts).toList();
        String text = "as " + shortName(nearest.job()) + ", which is done, but ";
        if (counting.isEmpty()) {
            return text + "its type has changed since";
        }
        int more = counting.size() - SHOWN;
        return text
                + counting.stream()
                        .limit(SHOWN)
                        .map(each -> each.path() + " = " + cut(each.here()) + ", not " + cut(each.there()))
                        .collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Returns a value that may be a list of thousands of elements as a text for a line of several values. */
    private static String cut(String value) {
        return value.length() <= VALUE_LENGTH ? value : value.substring(0, VALUE_LENGTH - 1) + "…";
    }

    private static String shortName(JobFolder job) {
        return job.typeId() + "/" + job.id().toString().substring(0, ShortIdentifiers.LEAST_DIGITS);
    }
}
