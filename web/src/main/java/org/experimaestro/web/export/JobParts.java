package org.experimaestro.web.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** The parts of a job that its detail has beside the columns: the jobs that it needs, and its attempts. */
final class JobParts {
    private JobParts() {}

    /**
     * Finds the jobs that each job needs, according to the run's submissions.
     *
     * @return a column of lists: the number of the first row of a job of the export, else the name of the job
     */
    static Column needs(ExportRows rows, RunView run) {
        Map<String, Integer> first = new HashMap<>();
        List<JobRow> all = rows.rows();
        for (int row = 0; row < all.size(); row++) {
            first.putIfAbsent(all.get(row).job().name(), row);
        }
        Map<String, Set<Object>> needs = new HashMap<>();
        for (RunSubmission submission : run.submissions()) {
            for (String dependency : submission.dependencies()) {
                Integer row = first.get(dependency);
                needs.computeIfAbsent(submission.job(), job -> new LinkedHashSet<>())
                        .add(row == null ? dependency : row);
            }
        }
        Column column = new Column();
        for (int row = 0; row < all.size(); row++) {
            Set<Object> needed = needs.get(all.get(row).job().name());
            column.add(row, needed == null ? null : List.copyOf(needed));
        }
        return column;
    }

    /** Returns the attempts of each job that has failed, or was tried again: the columns have all of the others. */
    static Column attempts(ExportRows rows) {
        Map<String, List<Object>> known = new HashMap<>();
        Column column = new Column();
        List<JobRow> all = rows.rows();
        for (int row = 0; row < all.size(); row++) {
            JobView job = all.get(row).job();
            boolean isMore = job.status() instanceof JobStatus.Failed
                    || job.status().lastAttempt().orElse(0) > 1;
            column.add(row, isMore ? known.computeIfAbsent(job.name(), name -> attempts(job)) : null);
        }
        return column;
    }

    private static List<Object> attempts(JobView job) {
        List<Object> attempts = new ArrayList<>();
        for (JobDetails.AttemptDetails each : JobDetails.attempts(job)) {
            Map<String, @Nullable Object> attempt = new LinkedHashMap<>();
            attempt.put("number", each.number());
            put(attempt, "host", each.host());
            put(attempt, "batchJob", each.batchJob().map(Object::toString));
            put(attempt, "started", each.started().map(Instant::toString));
            put(attempt, "ended", each.ended().map(Instant::toString));
            put(attempt, "cause", each.failure().map(failure -> failure.cause().phrase()));
            attempts.add(attempt);
        }
        return attempts;
    }

    private static void put(Map<String, @Nullable Object> json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
    }
}
