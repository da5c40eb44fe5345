package org.experimaestro.engine.batch;

import org.experimaestro.workspace.Handover;
import org.experimaestro.workspace.JobStatus;

/** What became of an attempt that was to be given to a batch system. */
public sealed interface Handed {

    /**
     * The batch system has it.
     *
     * @param handover where; stored with the attempt
     */
    record Taken(Handover handover) implements Handed {}

    /**
     * It is over.
     *
     * @param status the job's state, with the cause
     */
    record Refused(JobStatus status) implements Handed {}
}
