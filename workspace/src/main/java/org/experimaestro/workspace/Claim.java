package org.experimaestro.workspace;

/** The result of {@link JobFolder#claim}: a new attempt, or the state that prevents one. */
public sealed interface Claim {

    /**
     * The caller has the job, and must run it.
     *
     * @param attempt the new attempt
     */
    record Granted(Attempt attempt) implements Claim {}

    /**
     * The caller does not have the job: it is done, active, or cannot be read.
     *
     * @param status its state
     */
    record Refused(JobStatus status) implements Claim {}
}
