package org.experimaestro.launcher.slurm;

import java.util.OptionalInt;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;

/** A converter from the words for a job, state, reason and exit code, to its status. */
final class SlurmStatusReader {
    private SlurmStatusReader() {}

    /**
     * Returns the status.
     *
     * @param state Slurm's word; an unknown word counts as a job that continues, so that it is never run twice
     * @param reason Slurm's word
     * @param exitCode as Slurm prints it; used only if the job has ended
     * @return the status
     */
    static BatchStatus status(String state, String reason, String exitCode) {
        String why = SlurmReasons.text(reason);
        SlurmStates known = SlurmStates.find(state).orElse(SlurmStates.RUNNING);
        if (known.end().isPresent()) {
            return ended(known.end().get(), state, why, exitCode);
        }
        if (known.phase() == Phase.PENDING && SlurmReasons.isStuck(why)) {
            return BatchStatus.stuck(state, why);
        }
        return BatchStatus.active(known.phase(), state, why);
    }

    private static BatchStatus ended(End end, String state, String why, String exitCode) {
        if (end == End.FAILED && ExitCodes.isWithoutOutputFile(exitCode)) {
            return BatchStatus.ended(
                    End.REFUSED, state, "the file for its output could not be opened", OptionalInt.empty());
        }
        if (end == End.FAILED && SlurmReasons.isStuck(why)) {
            return BatchStatus.ended(End.REFUSED, state, why, OptionalInt.empty());
        }
        return BatchStatus.ended(end, state, why, ExitCodes.parse(exitCode));
    }
}
