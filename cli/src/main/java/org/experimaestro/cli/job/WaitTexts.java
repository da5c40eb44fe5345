package org.experimaestro.cli.job;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.cli.output.ReasonTexts;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why listed jobs wait, were skipped, or have failed. The journals of runs are read when
 * the first reason is asked for that needs them. Thread-safe.
 */
final class WaitTexts {
    private final Workspace workspace;
    private final JobsView view;
    private final ReasonTexts texts = new ReasonTexts(ZoneId.systemDefault());
    private @Nullable Reasons reasons;

    WaitTexts(Workspace workspace, JobsView view) {
        this.workspace = workspace;
        this.view = view;
    }

    private Optional<Reason> find(JobView job) {
        if (job.status() instanceof JobStatus.Done) {
            return Optional.empty();
        }
        synchronized (this) {
            Reasons known = reasons;
            if (known == null) {
                known = new Reasons(workspace, view);
                reasons = known;
            }
            return known.find(job);
        }
    }

    /** Returns the reason as a value of JSON; {@code null} if there is none. */
    @Nullable
    Map<String, @Nullable Object> json(JobView job) {
        return find(job).map(ReasonTexts::json).orElse(null);
    }

    /** Returns the reason as a phrase with the short names of jobs; empty if there is none. */
    String text(JobView job) {
        return find(job).map(reason -> start(job, reason) + shortened(reason)).orElse("");
    }

    private static String start(JobView job, Reason reason) {
        if (!(job.status() instanceof JobStatus.New)) {
            return "";
        }
        return switch (reason.kind()) {
            case DEPENDENCY_FAILED -> "skipped: ";
            case NOT_SUBMITTED, NOT_RUN, DEPENDENCY_DELETED -> "";
            default -> "waits: ";
        };
    }

    private String shortened(Reason reason) {
        String text = texts.of(reason);
        for (String name : reason.jobs()) {
            Optional<JobView> job = view.find(name);
            if (job.isPresent()) {
                text = text.replace(name, job.get().folder().typeId() + "/" + view.shortId(job.get()));
            }
        }
        return text;
    }
}
