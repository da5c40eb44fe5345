package org.experimaestro.workspace;

import java.util.Optional;
import java.util.OptionalInt;

/** What a batch system says of a job that it has, as far as that counts for the job's state. Immutable. */
public sealed interface BatchReport {

    /** The batch system does not know the job. */
    record Unknown() implements BatchReport {}

    /** The batch system has the job, which waits or runs there. */
    record Present() implements BatchReport {}

    /** The batch system has the job, and will never start it. */
    record Stuck() implements BatchReport {}

    /**
     * The job is over for the batch system.
     *
     * @param reason why the batch system ended it; empty if its process ended by itself
     * @param exitCode the exit code of its process, where it is known
     */
    record Finished(Optional<FailureCause> reason, OptionalInt exitCode) implements BatchReport {

        boolean isByItself() {
            return reason.isEmpty();
        }

        boolean hasCode(int code) {
            return exitCode.isPresent() && exitCode.getAsInt() == code;
        }

        /**
         * Whether the batch system says so because it has seen the process end. The process has just shown itself all the
         * same, if it was killed before it could say more, as one is that takes too much memory.
         */
        boolean isSeen() {
            return isByItself() || reason.get() == FailureCause.MEMORY_LIMIT;
        }
    }
}
