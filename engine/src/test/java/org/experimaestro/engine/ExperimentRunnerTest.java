package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs with real job processes. */
@Timeout(120)
final class ExperimentRunnerTest extends LabFixture {
    /** The top, two in the middle, one that reads both; reports what it is told. */
    private final class Diamond implements ExperimentPlan<String> {
        private final List<String> reports = new ArrayList<>();
        private String table = "";

        @Override
        public void run(Experiment xp, String settings) {
            Config<Written> top = xp.submit(lab.step("top").tag("place", "top"));
            Config<Written> left = xp.submit(lab.step("left", top).tag("side", 1));
            Config<Written> right = xp.submit(lab.step("right", top).tag("side", 2));
            xp.submit(lab.step("join", left, right));
        }

        @Override
        public void report(Report report) {
            report.jobs().forEach(job -> reports.add(job.tags() + " " + job.metrics()));
            table = report.table().toString();
        }
    }

    @Test
    void run_diamond_executesAllInOrder_thenNothing() throws Exception {
        Diamond plan = new Diamond();
        RunResult first = lab.run(plan);

        assertThat(first.failures()).isEmpty();
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        assertThat(first.total()).isEqualTo(4);
        assertThat(first.executed()).isEqualTo(4);
        assertThat(lab.control().executions())
                .startsWith("top")
                .endsWith("join")
                .containsExactlyInAnyOrder("top", "left", "right", "join");
        assertThat(lab.job("join").path().resolve("out.txt")).hasContent("join<left<top>><right<top>>");
        assertThat(plan.reports).hasSize(4).first().isEqualTo("{place=top} {inputs=0.0}");
        assertThat(plan.table).contains("side", "inputs");
        assertThat(lab.recorder().changes()).contains("top READY", "top RUNNING", "top DONE", "join WAITING");

        Diamond again = new Diamond();
        RunResult second = lab.run(again);
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.executed()).isZero();
        assertThat(second.doneBefore()).isEqualTo(4);
        assertThat(lab.control().executions()).hasSize(4);
        assertThat(again.reports).isEqualTo(plan.reports);
        assertThat(again.table).isEqualTo(plan.table);
        assertThat(lab.recorder().changes()).doesNotContain("top RUNNING");
    }

    @Test
    void run_oneFails_skipsItsDependentsOnly_andRepeatsItInTheNextRun() throws Exception {
        List<Report> reports = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                Config<Written> bad = xp.submit(lab.step("bad"));
                xp.submit(lab.step("far", xp.submit(lab.step("near", bad))));
                xp.submit(lab.step("other", xp.submit(lab.step("good"))));
            }

            @Override
            public void report(Report report) {
                reports.add(report);
            }
        };
        lab.control().fail("bad");
        RunResult first = lab.run(plan);

        assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(first.failures()).hasSize(1);
        JobStatus failure = first.failures().get(0).status();
        assertThat(failure.findCause()).contains(FailureCause.EXCEPTION);
        assertThat(failure.message()).contains("bad was told to fail");
        assertThat(first.skipped()).extracting(Lab::name).containsExactly("near", "far");
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("bad", "good", "other");
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.isComplete()).isFalse();
            assertThat(report.jobs())
                    .extracting(JobReport::state)
                    .containsExactly("failed", "skipped", "skipped", "done", "done");
        });
        Path log = lab.job("bad").standardError(1);
        assertThat(log).content().contains("IllegalStateException: bad was told to fail", "Step.execute");

        lab.control().mend("bad");
        RunResult second = lab.run(plan);
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.executed()).isEqualTo(3);
        assertThat(second.doneBefore()).isEqualTo(2);
        assertThat(lab.control().executions()).filteredOn("good"::equals).hasSize(1);
        assertThat(lab.status("bad").lastAttempt()).hasValue(2);
        assertThat(log).content().contains("bad was told to fail");
        assertThat(lab.job("bad").standardError(2)).exists();
        assertThat(reports).hasSize(2).last().matches(Report::isComplete);
    }

    @Test
    void run_moreJobsThanSlots_runsOneAtATime() throws Exception {
        lab.slots(1).run((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
            xp.submit(lab.step("c"));
        });

        assertThat(lab.recorder().changes().stream()
                        .filter(change -> change.endsWith("RUNNING") || change.endsWith("DONE")))
                .containsExactly("a RUNNING", "a DONE", "b RUNNING", "b DONE", "c RUNNING", "c DONE");
    }

    @Test
    void run_planThrows_namesItsLine_andRunningJobsLiveOn() throws Exception {
        lab.control().hold("a");
        AtomicReference<JobFolder> job = new AtomicReference<>();
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    xp.submit(lab.step("a"));
                    lab.control().awaitExecution("a");
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(PlanException.class)
                .hasMessageMatching("(?s)ExperimentRunnerTest.java:\\d+: The plan .* failed: .*no idea.*");
        assertThat(lab.status("a").state()).isEqualTo(JobState.RUNNING);

        RunResult next = lab.run((xp, settings) -> {
            job.set(lab.job("a"));
            xp.submit(lab.step("a"));
            lab.control().release("a");
        });
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isZero();
        assertThat(job.get().status().lastAttempt()).hasValue(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void run_librariesAreKnown_recordsTheirDigestsInOrder() throws Exception {
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("lab:tools:2.0", "22");
        digests.put("lab:base:1.0", "11");

        lab.libraries(digests).run((xp, settings) -> {});

        Path run = Workspace.view(lab.workspace())
                .experiment("trial")
                .runs()
                .getLast()
                .path();
        assertThat(JsonObject.of(Json.parse(Files.readAllBytes(run.resolve("run.json"))), "the run")
                        .list("libraries"))
                .isEqualTo(List.of(
                        Map.of("name", "lab:tools:2.0", "sha256", "22"),
                        Map.of("name", "lab:base:1.0", "sha256", "11")));
    }

    /** It may be mended and tried again, when the project has been built anew. */
    @Test
    void submit_jobThatCannotBeRead_copiesTheCodeAllTheSame() throws Exception {
        lab.run(RunMode.DRY_RUN, (xp, settings) -> xp.submit(lab.step("a")));
        Path marker = lab.job("a").processFile(1).resolveSibling("done.json");
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, "{");
        RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("a")));

        assertThat(result.failures()).hasSize(1);
        assertThat(lab.workspace().resolve("classpath")).isNotEmptyDirectory();
    }
}
