package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;

/** The wait of jobs at a batch system, as the run's journal has it. */
final class WaitRecordTest extends BatchRunFixture {

    private List<RunEvent> waits() {
        List<RunEvent> events = new ArrayList<>();
        List<RunFolder> runs =
                Workspace.view(lab.workspace()).experiment("trial").runs();
        if (runs.isEmpty()) {
            return events; // it has not begun
        }
        runs.getLast().readEvents(0, event -> {
            if (event.phase().equals("RUNNING") && event.attempt().isEmpty()) {
                events.add(event);
            }
        });
        return events;
    }

    private void say(Duration start) {
        system.say(
                "1",
                BatchStatus.active(BatchStatus.Phase.PENDING, "PENDING", "Priority")
                        .expectedAt(Optional.of(Instant.now().plus(start))));
    }

    @Test
    void run_pendingJob_journalHasReasonAndExpectedStart() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until(
                "it waits",
                () -> waits().stream().anyMatch(event -> event.waitsFor().equals("PENDING (Priority)")));
        say(Duration.ofHours(10));
        Poll.until("the start is known", () -> waits().getLast().expectedStart().isPresent());
        int lines = waits().size();
        say(Duration.ofHours(11)); // a small correction is not recorded
        int polls = system.calls().polls().size();
        Poll.until("it is polled twice", () -> system.calls().polls().size() > polls + 1);
        say(Duration.ofHours(30));
        Instant soon = Instant.now().plus(Duration.ofHours(20));
        Poll.until(
                "it has moved",
                () -> waits().getLast().expectedStart().orElseThrow().isAfter(soon));
        assertThat(waits()).hasSize(lines + 1);

        system.release();
        system.say("1", BatchStatus.active(BatchStatus.Phase.RUNNING, "RUNNING", ""));
        Poll.until("it waits no longer", () -> waits().getLast().waitsFor().isEmpty());
        run.get();
    }
}
