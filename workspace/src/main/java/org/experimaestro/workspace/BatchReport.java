package org.experimaestro.workspace;

import java.util.Optional;
import java.util.OptionalInt;

/** A batch system's report on a job, as far as it counts for the job's state. Immutable. */
public sealed interface BatchReport {

    /** The batch system does not know the job. */
    record Unknown() implements BatchReport {}

    /** The batch system has the job, which waits or runs there. */
    record Present() implements BatchReport {}

    /** The batch system has the job, but will never start it. */
    record Stuck() implements BatchReport {}

    /**
     * The job is over for the batch system.
     *
     * @param reason the cause for which the batch system ended it; empty if its process ended by itself
     * @param exitCode the exit code of its process; empty if it is not known
     */
    record Finished(Optional<FailureCause> reason, OptionalInt exitCode) implements BatchReport {

        boolean isByItself() {
            return reason.isEmpty();
        }

        boolean hasCode(int code) {
            return exitCode.isPresent() && exitCode.getAsInt() == code;
        }

        /**
         * Returns whether the batch system has seen the process end. Its file may be recent all the same, for example
         * if the process was killed because it used too much memory.
         */
        boolean isSeen() {
            return isByItself() || reason.get() == FailureCause.MEMORY_LIMIT;
        }
    }
}
