package org.experimaestro.monitor.reason;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The reason why a job waits or has failed. Immutable.
 *
 * @param kind the kind of reason
 * @param subject a phrase about the obstacle, such as {@code 2 of 2 jobs of this machine are taken}
 * @param jobs the names of the jobs concerned: the dependency, or the holders of a limit; may be empty
 * @param advice the action that a person can take, often a command; empty if there is none but to wait
 * @param expectedStart the time at which the batch system expects to start the job, or a run tries it again; empty if it is not known
 * @param asOf the time at which the run recorded the obstacle; empty if it follows from files that are current
 */
public record Reason(
        Kind kind,
        String subject,
        List<String> jobs,
        String advice,
        Optional<Instant> expectedStart,
        Optional<Instant> asOf) {

    /** A kind of reason. */
    public enum Kind {
        /** No run has submitted the job. */
        NOT_SUBMITTED,
        /** The run that submitted the job is over, or its process has ended, so nothing will start the job. */
        NOT_RUN,
        /** A dependency is not done. */
        DEPENDENCY,
        /** A dependency has failed, or cannot be read. */
        DEPENDENCY_FAILED,
        /** A dependency was done, and its result was deleted. */
        DEPENDENCY_DELETED,
        /** As many jobs run on the machine of the plan's process as may. */
        PLACE,
        /** The cores, the memory or the accelerators of a host are taken. */
        RESOURCES,
        /** As many jobs of a launcher run as may. */
        LAUNCHER_LIMIT,
        /** Other jobs hold the tokens that the job needs, or come first. */
        TOKENS,
        /** The run is paused: it starts no job until somebody resumes it. */
        PAUSED,
        /** The run was told to leave the job out. */
        LEFT_OUT,
        /** The job waits at its launcher, such as a batch system, for the reason that the launcher gives. */
        LAUNCHER,
        /** The job has failed, and its run waits until the time of its next attempt. */
        RETRY,
        /** The job is about to start. */
        STARTING,
        /** The job is done, and its outputs were removed. */
        OUTPUTS_REMOVED,
        /** The job has failed. */
        FAILED,
        /** The job's files cannot be read. */
        UNREADABLE;

        /** Returns whether a job with such a reason needs to be mended, while the others wait. */
        public boolean isFailure() {
            return this == FAILED || this == UNREADABLE;
        }
    }

    /** Copies the list. */
    public Reason {
        jobs = List.copyOf(jobs);
    }

    /**
     * Creates a reason that follows from files.
     *
     * @param kind the kind
     * @param subject the obstacle
     * @param jobs the jobs concerned
     * @param advice the action that a person can take
     * @return the reason
     */
    public static Reason of(Kind kind, String subject, List<String> jobs, String advice) {
        return new Reason(kind, subject, jobs, advice, Optional.empty(), Optional.empty());
    }
}
