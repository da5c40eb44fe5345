package org.experimaestro.monitor.filter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * A row to which a filter is applied: a submission of a job, a job without a submission, or a run without jobs.
 *
 * @param job the job; {@code null} if it has no folder
 * @param name the job's name; empty for a run without jobs
 * @param experiments the experiment of the submission; empty without a submission
 * @param runs the run, as {@code experiment/run}, or the runs of a row of a list; empty without a submission
 * @param tags returns the tags of the submission; without one, those that are stored with the job's parameters
 * @param parameters returns the parameters by name
 * @param now the time from which ages are counted
 */
record FilteredRow(
        @Nullable JobView job,
        String name,
        List<String> experiments,
        List<String> runs,
        Supplier<Map<String, Object>> tags,
        Supplier<Map<String, @Nullable Object>> parameters,
        Instant now) {

    static FilteredRow of(@Nullable JobView job, RunSubmission submission, Instant now) {
        return new FilteredRow(
                job,
                submission.job(),
                List.of(submission.experiment()),
                List.of(submission.qualifiedRun()),
                submission::tags,
                parameters(job),
                now);
    }

    static FilteredRow withoutSubmission(JobView job, Instant now) {
        return new FilteredRow(job, job.name(), List.of(), List.of(), job::tags, parameters(job), now);
    }

    static FilteredRow withoutJobs(String experiment, String run, Instant now) {
        return new FilteredRow(
                null,
                "",
                List.of(experiment),
                List.of(RunFolder.qualifiedName(experiment, run)),
                Map::of,
                parameters(null),
                now);
    }

    /** Returns a row of a list, which may be of several experiments and runs. */
    static FilteredRow of(JobRow row, Instant now) {
        return new FilteredRow(
                row.job(), row.job().name(), row.experiments(), row.runs(), row::tags, parameters(row.job()), now);
    }

    private static Supplier<Map<String, @Nullable Object>> parameters(@Nullable JobView job) {
        return job == null ? Map::of : () -> job.parameters().values();
    }
}
