package org.experimaestro.web.api;

import java.util.Map;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobState;

/**
 * A reference to a job, with what a person knows it by.
 *
 * @param job its name: type id and identifier, joined by a slash
 * @param shortId the first digits of its identifier, 8 at least, that no other job has
 * @param state its state
 * @param tags its tags
 */
public record JobLink(String job, String shortId, JobState state, Map<String, Object> tags) {
    /** The first digits of an identifier whose job the view does not have. */
    static final int DIGITS = 8;

    /**
     * Creates the reference to a job.
     *
     * @param view all jobs
     * @param job the job
     * @return the reference, with the tags of the job's latest submission
     */
    public static JobLink of(JobsView view, JobView job) {
        return of(view, job, job.tags());
    }

    /**
     * Creates the reference to a job with the tags of one submission.
     *
     * @param view all jobs
     * @param job the job
     * @param tags the tags
     * @return the reference
     */
    public static JobLink of(JobsView view, JobView job, Map<String, Object> tags) {
        return new JobLink(job.name(), view.shortId(job), job.state(), tags);
    }

    /**
     * Creates the reference to a job that the workspace may not have any longer.
     *
     * @param view all jobs
     * @param name the job's name, {@code type/identifier}
     * @return the reference; a job that is not in the view is new, and has no tags
     */
    public static JobLink of(JobsView view, String name) {
        int id = name.indexOf('/') + 1;
        return view.find(name)
                .map(found -> of(view, found))
                .orElseGet(() -> new JobLink(
                        name, name.substring(id, Math.min(name.length(), id + DIGITS)), JobState.NEW, Map.of()));
    }

    /**
     * Returns the reference with another state, such as that at the end of an earlier attempt.
     *
     * @param then the state
     * @return a new value
     */
    JobLink in(JobState then) {
        return new JobLink(job, shortId, then, tags);
    }
}
