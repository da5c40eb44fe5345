package org.experimaestro.monitor.detail;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobStatus;

/**
 * A line about each job of a list: why it has failed, what it does, why it waits, under which name it was done, or where
 * its files are. The journals of runs are read when the first line needs them. Thread-safe.
 */
public final class JobCaptions {
    private final JobsView view;
    private final Reasons reasons;
    private final ReasonPhrases phrases;

    /**
     * Creates the lines.
     *
     * @param view all jobs
     * @param reasons the search for reasons in it, which nothing else uses
     * @param zone the time zone of the times in the lines
     */
    public JobCaptions(JobsView view, Reasons reasons, ZoneId zone) {
        this.view = view;
        this.reasons = reasons;
        this.phrases = new ReasonPhrases(zone);
    }

    /**
     * Returns the line about a job.
     *
     * @param job a job of the view
     * @return one line; empty if there is nothing to tell
     */
    public synchronized String of(JobView job) {
        if (!job.problem().isEmpty()) {
            return firstLine(job.problem());
        }
        String text = switch (job.status()) {
            case JobStatus.Running running -> work(job, running);
            case JobStatus.Done _, JobStatus.Removed _ ->
                Stream.of(former(job), ofDone(job, view))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("; "));
            default ->
                reasons.find(job).map(reason -> phrases.of(job, reason, view)).orElse("");
        };
        return firstLine(text);
    }

    /** Returns that the job has the result of a former name; empty if it has its own. */
    private static String former(JobView job) {
        return job.folder()
                .findFormer()
                .map(former -> "the result of " + former.name() + ", its former name")
                .orElse("");
    }

    /**
     * Returns what there is to tell of a done job: that its outputs were removed, in which other workspace its files are, and
     * which jobs it was made from that are gone.
     *
     * @param job the job
     * @param view all jobs
     * @return a phrase; empty if there is nothing to tell
     */
    public static String ofDone(JobView job, JobsView view) {
        String elsewhere =
                job.elsewhere().map(there -> "files elsewhere, in " + there).orElse("");
        String removed = job.removed().isPresent() ? JobStatus.Removed.WORDS : "";
        return Stream.of(removed, elsewhere, deleted(view.deletedDependencies(job)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String work(JobView job, JobStatus.Running running) {
        String work = job.progress().stream()
                .map(Progress::description)
                .filter(description -> !description.isBlank())
                .collect(Collectors.joining(" > "));
        return work.isEmpty() ? place(running) : work;
    }

    /**
     * Returns what a running job's place has told.
     *
     * @param running the state of the job
     * @return its batch job, and the message of its state; may be empty
     */
    public static String place(JobStatus.Running running) {
        return Stream.of(String.valueOf(running.batchJob() == null ? "" : running.batchJob()), running.message())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String deleted(List<String> dependencies) {
        return dependencies.isEmpty() ? "" : "made from deleted " + String.join(", ", dependencies);
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
