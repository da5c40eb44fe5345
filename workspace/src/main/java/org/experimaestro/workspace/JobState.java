package org.experimaestro.workspace;

/** The name of a job's state, as users read and write it. {@link JobStatus} has the data of each state. */
public enum JobState {
    /** The job was never started. */
    NEW,
    /** A run's process has claimed the job, and the job's own process has not begun yet. */
    STARTING,
    /** A batch system has the job, and the job's process has not begun yet. */
    QUEUED,
    /** The job's process runs. */
    RUNNING,
    /** The job is done, and is never run again. */
    DONE,
    /** The last attempt failed; the next run tries again. */
    FAILED,
    /** The job's files cannot be read. */
    CORRUPT
}
