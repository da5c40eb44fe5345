package org.experimaestro.workspace;

/** The answer to who wants to run a job. */
public sealed interface Claim {

    /**
     * The job is yours to run.
     *
     * @param attempt the new attempt
     */
    record Granted(Attempt attempt) implements Claim {}

    /**
     * The job is done, in somebody else's hands, or unreadable.
     *
     * @param status its state
     */
    record Refused(JobStatus status) implements Claim {}
}
