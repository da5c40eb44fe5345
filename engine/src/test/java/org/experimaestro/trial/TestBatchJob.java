package org.experimaestro.trial;

import java.util.OptionalInt;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.jspecify.annotations.Nullable;

/** A job of a {@link TestBatchSystem}, which guards it. */
final class TestBatchJob {
    final Batch batch;
    final int task;
    int restarts;
    boolean cancelled;

    @Nullable
    Process process;

    TestBatchJob(Batch batch, int task) {
        this.batch = batch;
        this.task = task;
    }

    boolean waits() {
        return process == null && !cancelled;
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    boolean isDone() {
        return process != null && !process.isAlive() && process.exitValue() == 0;
    }

    BatchStatus status() {
        if (runs()) {
            return BatchStatus.active(BatchStatus.Phase.RUNNING, "RUNNING", "");
        }
        if (waits()) {
            return BatchStatus.active(BatchStatus.Phase.PENDING, "PENDING", "Priority");
        }
        OptionalInt exitCode = process == null ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
        if (cancelled) {
            return BatchStatus.ended(BatchStatus.End.CANCELLED, "CANCELLED", "", exitCode);
        }
        return exitCode.equals(OptionalInt.of(0))
                ? BatchStatus.ended(BatchStatus.End.COMPLETED, "COMPLETED", "", exitCode)
                : BatchStatus.ended(BatchStatus.End.FAILED, "FAILED", "", exitCode);
    }
}
