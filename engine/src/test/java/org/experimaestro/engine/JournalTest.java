package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run writes of itself and of its jobs. */
@Timeout(120)
final class JournalTest extends LabFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses();
    }

    private RunFolder run() {
        return Workspace.view(lab.workspace()).experiment("trial").runs().getLast();
    }

    private List<RunEvent> events(String step) {
        List<RunEvent> events = new ArrayList<>();
        run().readEvents(0, event -> {
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
        ExperimentPlan<String> plan = (xp, settings) -> {
            lab.control().hold("bad"); // until another job waits for it
            xp.submit(lab.step("b", xp.submit(lab.step("a")), xp.submit(lab.step("bad"))));
            lab.control().release("bad");
        };
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

    @Test
    void run_fullLimit_journalHasTheNeedOfEachJobOnce() throws Exception {
        lab.slots(1);
        lab.run((xp, settings) -> {
            for (int i = 0; i < 5; i++) {
                xp.submit(lab.step("s" + i));
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(events("s" + i).stream()
                            .filter(event -> !event.limits().isEmpty())
                            .map(event -> event.phase() + event.limits()))
                    .containsExactly("READY" + List.of(new RunLimit(RunLimit.HERE, 1, 1)));
        }
    }

    @Test
    void run_jobSubmittedWithOtherTags_isASubmissionForEachSet() throws Exception {
        lab.run((xp, settings) -> {
            xp.submit(lab.step("a").tag("rate", 1));
            xp.submit(lab.step("a").tag("rate", 2));
            xp.submit(lab.step("a").tag("rate", 1));
            xp.submit(lab.step("a").tag("rate", 2));
        });
        List<RunFolder.SubmittedJob> submissions = new ArrayList<>();
        run().readJobs(submissions::add);
        assertThat(submissions).extracting(job -> job.tags().toString()).containsExactly("{rate=1}", "{rate=2}");
        assertThat(submissions)
                .extracting(RunFolder.SubmittedJob::name)
                .containsOnly(lab.job("a").name());
        assertThat(submissions).extracting(RunFolder.SubmittedJob::launcher).containsOnly("local");
        assertThat(submissions.get(0).time())
                .isBetween(run().description().orElseThrow().time("started"), Instant.now());
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void run_description_hasWhatItTakesToRunItAgain() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        JsonObject json = run().description().orElseThrow();
        assertThat(json.string("run")).isEqualTo(run().name());
        assertThat(json.list("arguments")).containsExactly("extra");
        assertThat(json.string("mode")).isEqualTo("normal");
        assertThat(json.integer("jobsHere")).isPositive();
        assertThat(json.string("user")).isEqualTo(System.getProperty("user.name"));
        assertThat(json.object("java").string("version")).isEqualTo(System.getProperty("java.version"));
        assertThat(json.object("process").integer("pid"))
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(json.time("ended")).isAfterOrEqualTo(json.time("started"));
        assertThat(json.has("file")).isFalse();
        assertThat(json.has("git")).isFalse();
    }
}
