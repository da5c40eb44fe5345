package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.workspace.AttemptReconciler.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an attempt that a batch system has is over: the table of docs/job-life.md. */
class AttemptReconcilerTest {
    private static final BatchJobReference OURS = new BatchJobReference("farm", "test", "7", "/log", Instant.EPOCH);
    private static final BatchJobReference ANOTHER = new BatchJobReference("farm", "test", "8", "/log", Instant.EPOCH);
    private static final ProcessIdentity HERE = ProcessIdentity.current();
    private static final ProcessIdentity FAR = new ProcessIdentity("another-host.invalid", "boot", 4711, 1, "", "");

    /** A code is that of a process that ended by itself; a cause is why the batch system has ended it. */
    @ParameterizedTest(name = "{0}, {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # The files alone tell, whatever the batch system says
            done               | present      | told
            done               | NODE_FAILURE | told
            corrupt            | 1            | told
            new                | unknown      | told
            starting           | present      | told
            queued elsewhere   | unknown      | told
            running elsewhere  | stuck        | told
            running alone      | unknown      | told
            failed EXCEPTION   | PREEMPTED    | told
            failed VANISHED    | unknown      | told
            # The batch system has it
            queued             | present      | goes on
            running far        | present      | goes on
            running silent     | present      | goes on
            failed CANCELLED   | present      | goes on
            failed PREEMPTED   | present      | goes on
            failed NODE_FAILURE| present      | goes on
            failed REQUEUED    | present      | goes on
            queued             | stuck        | over REFUSED 0
            # The batch system does not know it
            queued             | unknown      | over NOT_STARTED 20
            running silent     | unknown      | over VANISHED 20
            running far        | unknown      | goes on
            running here       | unknown      | goes on
            failed CANCELLED   | unknown      | over VANISHED 20
            # Its process ended by itself: a marker may be late
            queued             | 127          | over NOT_STARTED 5
            queued             | 0            | over NOT_STARTED 90
            running silent     | 1            | over VANISHED 5
            running silent     | 0            | over VANISHED 90
            running silent     | -            | over VANISHED 5
            failed CANCELLED   | 143          | over VANISHED 0
            # The batch system ended it
            queued             | TIME_LIMIT   | over TIME_LIMIT 0
            running silent     | TIME_LIMIT   | over TIME_LIMIT 0
            running silent     | CANCELLED    | over CANCELLED 0
            failed CANCELLED   | PREEMPTED    | over PREEMPTED 0
            # Its process shows that it lives: only what the batch system has seen on another host is believed
            running here       | 1            | lives
            running here       | MEMORY_LIMIT | lives
            running here       | NODE_FAILURE | lives
            running far        | NODE_FAILURE | lives
            running far        | CANCELLED    | lives
            running far        | MEMORY_LIMIT | over MEMORY_LIMIT 5
            running far        | 137          | over VANISHED 5
            running far        | 3            | lives
            running silent     | 3            | over VANISHED 5
            """)
    void reconcile_statusAndReport_isTheVerdictOfTheTable(String status, String report, String verdict) {
        assertThat(text(AttemptReconciler.reconcile(status(status), OURS, report(report))))
                .isEqualTo(verdict);
    }

    private static JobStatus status(String text) {
        LifeSign alive = new LifeSign(true, "");
        LifeSign silent = new LifeSign(false, "");
        return switch (text) {
            case "new" -> new JobStatus.New();
            case "starting" -> new JobStatus.Starting(1, Instant.EPOCH, HERE);
            case "queued" -> new JobStatus.Queued(1, OURS);
            case "queued elsewhere" -> new JobStatus.Queued(2, ANOTHER);
            case "running here" -> new JobStatus.Running(1, Instant.EPOCH, HERE, OURS, alive);
            case "running far" -> new JobStatus.Running(1, Instant.EPOCH, FAR, OURS, alive);
            case "running silent" -> new JobStatus.Running(1, Instant.EPOCH, FAR, OURS, silent);
            case "running elsewhere" -> new JobStatus.Running(2, Instant.EPOCH, FAR, ANOTHER, alive);
            case "running alone" -> new JobStatus.Running(2, Instant.EPOCH, HERE, null, alive);
            case "done" -> new JobStatus.Done(1, Instant.EPOCH, Instant.EPOCH, Map.of(), null);
            case "corrupt" -> new JobStatus.Corrupt("half a file");
            default ->
                new JobStatus.Failed(
                        OptionalInt.of(1),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        FailureCause.valueOf(text.substring("failed ".length())),
                        "");
        };
    }

    private static BatchReport report(String text) {
        return switch (text) {
            case "unknown" -> new BatchReport.Unknown();
            case "present" -> new BatchReport.Present();
            case "stuck" -> new BatchReport.Stuck();
            case "-" -> new BatchReport.Finished(Optional.empty(), OptionalInt.empty());
            default ->
                Character.isDigit(text.charAt(0))
                        ? new BatchReport.Finished(Optional.empty(), OptionalInt.of(Integer.parseInt(text)))
                        : new BatchReport.Finished(Optional.of(FailureCause.valueOf(text)), OptionalInt.empty());
        };
    }

    private static String text(Verdict verdict) {
        if (verdict instanceof Verdict.Over over) {
            return "over " + over.cause() + " " + over.patience().toSeconds();
        }
        return verdict instanceof Verdict.Told ? "told" : verdict instanceof Verdict.Lives ? "lives" : "goes on";
    }
}
