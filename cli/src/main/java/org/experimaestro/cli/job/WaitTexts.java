package org.experimaestro.cli.job;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.cli.output.ReasonTexts;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why listed jobs wait, were skipped, or have failed. The journals of runs are read when
 * the first reason is asked for that needs them. Thread-safe.
 */
final class WaitTexts {
    private final Workspace workspace;
    private final JobsView view;
    private final ReasonPhrases phrases = new ReasonPhrases(ZoneId.systemDefault());
    private @Nullable Reasons reasons;

    WaitTexts(Workspace workspace, JobsView view) {
        this.workspace = workspace;
        this.view = view;
    }

    private Optional<Reason> find(JobView job) {
        if (job.status().findDone().isPresent()) {
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
        return find(job).map(reason -> phrases.of(job, reason, view)).orElse("");
    }
}
