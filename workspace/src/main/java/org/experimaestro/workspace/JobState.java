package org.experimaestro.workspace;

/** The names of the states of a job, as users read and write them; {@link JobStatus} has what is known in each. */
public enum JobState {
    /** It was never started. */
    NEW,
    /** A plan's process has taken it, and its own process has not yet begun. */
    STARTING,
    /** A batch system has it, and its process has not yet begun. */
    QUEUED,
    /** Its process runs. */
    RUNNING,
    /** It is done, and is never run again. */
    DONE,
    /** Its last attempt failed; the next run tries again. */
    FAILED,
    /** Its files cannot be read. */
    CORRUPT
}
