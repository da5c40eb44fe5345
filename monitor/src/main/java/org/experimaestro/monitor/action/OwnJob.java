package org.experimaestro.monitor.action;

import java.io.IOException;
import java.util.Optional;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * A job whose process is to be stopped or looked into, which only its user may do, and only on its host.
 *
 * <p>A file in the workspace gives the number of the process, and other users may be able to write there. Therefore this
 * user or root must have written the file. The process must belong to this user, work in the job's folder, and have a
 * command line of this attempt. If it is a worker, it must work in the workspace, have a command line of this worker, and
 * execute this job now.
 *
 * @param job the job
 * @param act the verb of what is to be done, such as {@code stop}
 */
record OwnJob(JobFolder job, String act) {

    /**
     * Returns the state of the job, which runs here, and for this user.
     *
     * @throws LaunchException if the job does not run, runs on another host, or for another user
     */
    JobStatus.Running running() {
        return switch (job.status()) {
            case JobStatus.Running running -> ownAndHere(running);
            // The process is the plan's here, which must not be touched.
            case JobStatus.Starting starting ->
                throw refuse(": it is just being started by " + starting.claimant())
                        .advice("try again in a moment")
                        .build();
            case JobStatus.Corrupt corrupt ->
                throw refuse(": " + corrupt.message() + "; nothing was sent").build();
            default -> throw refuse(": it is not running").build();
        };
    }

    private JobStatus.Running ownAndHere(JobStatus.Running running) {
        job.attempt(running.attempt()).requireOwn(act);
        if (!running.process().isLocal()) {
            throw refuse(" from here: it is " + running.process())
                    .advice("run this command on " + running.process().host())
                    .build();
        }
        return running;
    }

    /**
     * Returns the process; empty if it has ended.
     *
     * @throws LaunchException if it is not the job's process
     */
    Optional<JobProcess> process(JobStatus.Running running) throws InterruptedException {
        ProcessIdentity process = running.process();
        Attempt attempt = job.attempt(running.attempt());
        try {
            JobProcess found = JobProcess.of(process.pid());
            Optional<String> objection = found.objection(attempt, running.worker());
            if (objection.isEmpty()) {
                return Optional.of(found);
            }
            if (isOver(running)) {
                return Optional.empty();
            }
            throw refuse(": its files say that it is " + process + ", but " + objection.get()
                            + "; nothing was sent to it")
                    .advice("look who may write in " + job.internalFolder())
                    .build();
        } catch (IOException unseen) {
            if (!process.isAlive()) {
                return Optional.empty();
            }
            throw refuse(": the system does not show whether " + process + " is the job's: " + Failures.reason(unseen)
                            + "; nothing was sent to it")
                    .cause(unseen)
                    .build();
        }
    }

    /** Returns whether the process is a worker that has gone on since the state was read. */
    boolean isOver(JobStatus.Running running) {
        return running.worker() != null && running.worker().isOver(job.workspace());
    }

    /** Begins an error that names the act and the job. */
    ExperimaestroException.Builder<LaunchException> refuse(String rest) {
        return LaunchException.of("Cannot " + act + " " + job.name() + rest);
    }
}
