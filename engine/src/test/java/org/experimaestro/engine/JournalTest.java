package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run writes of its jobs while it goes on. */
@Timeout(120)
final class JournalTest extends LabFixture {
    private List<RunEvent> events(String step) {
        List<RunEvent> events = new ArrayList<>();
        Workspace.view(lab.workspace()).experiment("trial").runs().getLast().readEvents(0, event -> {
            if (event.job().equals(lab.job(step).name())) {
                events.add(event);
            }
        });
        return events;
    }

    private List<String> phases(String step) {
        return events(step).stream()
                .map(event -> event.phase()
                        + (event.attempt().isPresent() ? " " + event.attempt().getAsInt() : ""))
                .toList();
    }

    @Test
    void run_jobs_journalHasEachChangeWithItsAttempt() throws Exception {
        ExperimentPlan<String> plan =
                (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a")), xp.submit(lab.step("bad"))));
        lab.control().fail("bad");
        lab.run(plan);
        assertThat(phases("a")).containsExactly("READY", "RUNNING", "RUNNING 1", "DONE 1");
        assertThat(phases("bad")).endsWith("RUNNING 1", "FAILED 1");
        assertThat(events("bad").getLast().message()).contains("bad");
        assertThat(phases("b")).containsExactly("WAITING", "SKIPPED");
        assertThat(events("b").getLast().message()).matches("since trial\\.step/[0-9a-f]{8} failed");

        lab.control().mend("bad");
        lab.run(plan);
        assertThat(phases("a")).containsExactly("DONE 1");
        assertThat(phases("bad")).endsWith("RUNNING 2", "DONE 2");
        assertThat(phases("b")).endsWith("RUNNING 1", "DONE 1");
    }
}
