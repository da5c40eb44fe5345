package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.experimaestro.Action;
import org.experimaestro.ActionContext;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks whose outputs are removed when no job needs them any more. */
@Timeout(120)
final class TransientTest extends LabFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses().slots(1);
    }

    private static String counts(RunAccount account) {
        List<String> counts = new ArrayList<>();
        for (JobCount count : JobCount.values()) {
            if (account.count(count) > 0) {
                counts.add(count.word() + " "
                        + account.tasks(count).stream().map(Lab::name).collect(Collectors.joining(" ")));
            }
        }
        return String.join(", ", counts);
    }

    /** A chain of two transient tasks, and one that uses the second. */
    private void chain(Experiment xp) {
        Config<Written> raw = xp.submitTransient(lab.step("raw"));
        Config<Written> unpacked = xp.submitTransient(lab.step("unpacked", raw));
        xp.submit(lab.step("learn", unpacked));
    }

    private Path output(String name) {
        return lab.job(name).path().resolve("out.txt");
    }

    private void assertRemoved(String name) {
        assertThat(lab.status(name)).isInstanceOf(JobStatus.Removed.class);
        assertThat(output(name)).doesNotExist();
    }

    private void assertKept(String name) {
        assertThat(lab.status(name)).isInstanceOf(JobStatus.Done.class);
        assertThat(output(name)).exists();
    }

    private Map<String, Integer> read(String name, int attempt) throws IOException {
        return lab.job(name).attempt(attempt).record().origin().read();
    }

    @Test
    void run_chainOfTransientTasks_removesTheirOutputsAndRecordsWhatWasRead() throws Exception {
        RunResult first = lab.run((xp, settings) -> chain(xp));

        assertThat(counts(first.account())).isEqualTo("executed raw unpacked learn");
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        assertRemoved("raw");
        assertRemoved("unpacked");
        assertKept("learn");
        assertThat(lab.recorder().removed()).containsExactlyInAnyOrder("raw", "unpacked");
        assertThat(read("learn", 1))
                .isEqualTo(new TreeMap<>(Map.of(lab.job("unpacked").name(), 1)));
        assertThat(read("unpacked", 1))
                .isEqualTo(new TreeMap<>(Map.of(lab.job("raw").name(), 1)));
        assertThat(lab.job("raw").attempt(1).record().origin()).isNotEqualTo(AttemptOrigin.UNKNOWN);
        assertThat(Files.readString(output("learn"))).isEqualTo("learn<unpacked<raw>>");

        RunResult again = lab.run((xp, settings) -> chain(xp));
        assertThat(counts(again.account())).isEqualTo("done before learn, not needed raw unpacked");
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("raw", "unpacked", "learn");
    }

    @Test
    void run_laterConsumer_runsTheTaskAgainAsAnotherAttempt() throws Exception {
        lab.run((xp, settings) -> chain(xp));

        ExperimentPlan<String> plan = (xp, settings) -> {
            chain(xp);
            xp.submit(lab.step("other", xp.submitTransient(lab.step("raw"))));
        };
        RunResult dry = lab.run(RunMode.DRY_RUN, plan);
        assertThat(counts(dry.account())).isEqualTo("done before learn, not started raw other, not needed unpacked");
        assertThat(lab.recorder().again())
                .containsExactly("raw for " + lab.job("other").name());
        assertRemoved("raw");

        RunResult another = lab.run(plan);

        assertThat(counts(another.account())).isEqualTo("executed raw other, done before learn, not needed unpacked");
        assertThat(lab.recorder().again())
                .containsExactly("raw for " + lab.job("other").name());
        assertRemoved("raw");
        assertThat(((JobStatus.Removed) lab.status("raw")).done().attempt()).isEqualTo(3);
        assertThat(read("other", 1))
                .isEqualTo(new TreeMap<>(Map.of(lab.job("raw").name(), 3)));
        assertThat(Files.readString(output("other"))).isEqualTo("other<raw>");
    }

    @Test
    void report_ofARemovedJob_hasItsMetricsAndRefusesItsFolder() throws Exception {
        List<String> seen = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) throws InterruptedException {
                Config<Written> raw = xp.submitTransient(lab.step("raw"));
                Config<Written> learn = xp.submit(lab.step("learn", raw));
                xp.await(learn);
                seen.add("in the plan: " + Files.exists(lab.job("raw").path().resolve("out.txt")));
                JobReport report = xp.report(raw);
                seen.add(report.state() + " " + report.metrics());
            }

            @Override
            public void report(Report report) {
                for (JobReport job : report.jobs()) {
                    seen.add(job.state() + " " + job.outcome() + " " + job.metrics());
                    if (job.state().equals("done")) {
                        assertThat(job.folder()).exists();
                    } else {
                        assertThatThrownBy(job::folder)
                                .isInstanceOf(PlanException.class)
                                .hasMessageContainingAll("Cannot use the outputs of", "were removed", "transient");
                    }
                }
            }
        };

        lab.run(plan);
        assertThat(seen)
                .containsExactly(
                        "in the plan: true",
                        "done {inputs=0.0}",
                        "done, outputs removed DONE {inputs=0.0}",
                        "done DONE {inputs=1.0}");
        seen.clear();

        lab.run(plan);
        assertThat(seen)
                .containsExactly(
                        "in the plan: false",
                        "done, outputs removed {inputs=0.0}",
                        "done, outputs removed DONE {inputs=0.0}",
                        "done DONE {inputs=1.0}");
    }

    @Test
    void run_failedConsumer_keepsTheOutputsUntilItIsDone() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> raw = xp.submitTransient(lab.step("raw"));
            xp.submit(lab.step("good", raw));
            xp.submit(lab.step("bad", raw));
        };
        lab.control().fail("bad");
        lab.run(plan);
        assertKept("raw");

        lab.control().mend("bad");
        RunResult mended = lab.run(plan);

        assertThat(counts(mended.account())).isEqualTo("executed bad, done before raw good");
        assertRemoved("raw");
    }

    /** Uses a result after the run. */
    @ConfigType("transient.look")
    record Look(Written written) implements Action {
        @Override
        public void execute(ActionContext context) {}
    }

    /** A reason to keep outputs. */
    enum Reason {
        SUBMITTED,
        ON_DEMAND_FIRST,
        SAVED,
        ACTION,
        PINNED,
        CONSUMER_OF_CONSUMER_PINNED,
        NO_CONSUMER
    }

    @ParameterizedTest
    @EnumSource
    void run_reasonToKeep_keepsTheOutputs(Reason reason) throws Exception {
        lab.run((xp, settings) -> {
            Config<Written> raw = xp.submitOnDemand(lab.step("raw"));
            xp.submit(lab.step("deep", xp.submit(lab.step("learn", raw))));
        });
        if (reason == Reason.PINNED) {
            lab.job("raw").pin().write("table 2", Instant.EPOCH);
        } else if (reason == Reason.CONSUMER_OF_CONSUMER_PINNED) {
            lab.job("deep").pin().write("table 2", Instant.EPOCH);
        }

        lab.run((xp, settings) -> {
            if (reason == Reason.ON_DEMAND_FIRST) {
                xp.submitOnDemand(lab.step("raw"));
            }
            Config<Written> raw = xp.submitTransient(lab.step("raw"));
            if (reason != Reason.NO_CONSUMER) {
                xp.submit(lab.step("deep", xp.submit(lab.step("learn", raw))));
            }
            if (reason == Reason.SUBMITTED) {
                xp.submit(lab.step("raw"));
            } else if (reason == Reason.SAVED) {
                xp.save("raw", raw);
            } else if (reason == Reason.ACTION) {
                xp.action("look", Config.builder(Look.class).set("written", raw).build());
            }
        });

        assertKept("raw");
        assertThat(lab.recorder().warnings()).isEmpty();
    }

    @Test
    void run_jobsDoneBefore_removesWhatAnEarlierRunHasLeft() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("learn", xp.submit(lab.step("raw")))));
        assertKept("raw");

        RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("learn", xp.submitTransient(lab.step("raw")))));

        assertThat(counts(result.account())).isEqualTo("done before raw learn");
        assertRemoved("raw");
    }

    @Test
    void run_consumerLeftOutByAnOption_keepsTheOutputs() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> raw = xp.submitTransient(lab.step("raw"));
            xp.submit(lab.step("one", raw));
            xp.submit(lab.step("two", raw));
        };
        lab.order(new RunOrder(
                task -> OptionalInt.empty(), FailureLimit.NONE, Optional.of(new Only("one")), Optional.empty()));
        lab.run(plan);
        assertKept("raw");

        lab.order(RunOrder.ALL);
        lab.run(plan);
        assertRemoved("raw");
    }

    private record Only(String name) implements JobSelector {
        @Override
        public String option() {
            return "--only " + name;
        }

        @Override
        public boolean selects(SubmittedTask task) {
            return Lab.name(task).equals(name);
        }

        @Override
        public Optional<String> advice() {
            return Optional.empty();
        }
    }

    @Test
    void run_anotherRunHasAnUnfinishedConsumer_keepsTheOutputsUntilThatOneEnds() throws Exception {
        lab.control().hold("slow");
        CompletableFuture<RunResult> slow =
                lab.start((xp, settings) -> xp.submit(lab.step("slow", xp.submitTransient(lab.step("raw")))));
        lab.control().awaitExecution("slow");

        RunResult quick = lab.run((xp, settings) -> xp.submit(lab.step("quick", xp.submitTransient(lab.step("raw")))));
        assertThat(counts(quick.account())).isEqualTo("executed quick, done before raw");
        assertKept("raw");

        lab.control().release("slow");
        slow.get();
        assertRemoved("raw");
    }

    @Test
    void run_twoRunsEndAtOnce_removeTheOutputsOnce() throws Exception {
        lab.slots(2);
        for (int round = 0; round < 5; round++) {
            String suffix = String.valueOf(round);
            lab.control().hold("one" + suffix);
            lab.control().hold("two" + suffix);
            CompletableFuture<RunResult> one = lab.start((xp, settings) ->
                    xp.submit(lab.step("one" + suffix, xp.submitTransient(lab.step("raw" + suffix)))));
            lab.control().awaitExecution("one" + suffix);
            CompletableFuture<RunResult> two = lab.start((xp, settings) ->
                    xp.submit(lab.step("two" + suffix, xp.submitTransient(lab.step("raw" + suffix)))));
            lab.control().awaitExecution("two" + suffix);
            lab.control().release("one" + suffix);
            lab.control().release("two" + suffix);
            one.get();
            two.get();
            assertRemoved("raw" + suffix);
        }
    }

    @Test
    void submit_consumerOfARemovedJobThatThePlanDoesNotSubmit_isRefusedUnlessItIsDone() throws Exception {
        List<Config<Written>> outputs = new ArrayList<>();
        lab.run((xp, settings) -> {
            outputs.add(xp.submitTransient(lab.step("raw")));
            xp.submit(lab.step("learn", outputs.getFirst()));
        });
        assertRemoved("raw");

        assertThat(counts(lab.run((xp, settings) -> xp.submit(lab.step("learn", outputs.getFirst())))
                        .account()))
                .isEqualTo("done before learn");
        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("other", outputs.getFirst()))))
                .hasStackTraceContaining(
                        "it uses the outputs of " + lab.job("raw").name() + ", which were removed");
    }

    @Test
    void run_submittedInTheUsualWayAfterwards_runsAgain() throws Exception {
        lab.run((xp, settings) -> chain(xp));

        RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("raw")));

        assertThat(counts(result.account())).isEqualTo("executed raw");
        assertKept("raw");
    }

    @Test
    void run_interruptedRemoval_isGoneOnWithByTheNextRun() throws Exception {
        lab.run((xp, settings) -> chain(xp));
        Files.writeString(output("raw"), "left by a removal that was killed");
        assertThat(OutputRemoval.hasRest(lab.job("raw"))).isTrue();

        lab.run((xp, settings) -> chain(xp));

        assertRemoved("raw");
        assertThat(((JobStatus.Removed) lab.status("raw")).removal()).isEqualTo(3);
    }

    @Test
    void run_anotherRunHoldsTheClaimAtTheSubmission_waitsForItsEnd() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("learn", xp.submit(lab.step("raw")))));
        JobFolder raw = lab.job("raw");
        OutputRemoval removal =
                OutputRemoval.claim(raw, ProcessIdentity.current(), "other/run").orElseThrow();
        CompletableFuture<RunResult> run =
                lab.start((xp, settings) -> xp.submit(lab.step("next", xp.submitTransient(lab.step("raw")))));
        Poll.until(
                "the run has recorded that it needs the job",
                () -> runs().size() == 2 && !submissions().isEmpty());
        try (removal) {
            removal.remove();
        }

        assertThat(counts(run.get().account())).isEqualTo("executed raw next");
        assertThat(lab.recorder().failures()).isEmpty();
        // Recorded as done, and then with its launcher, because it was to run.
        assertThat(submissions().stream()
                        .filter(submitted -> submitted.name().equals(raw.name()))
                        .map(submitted -> !submitted.launcher().isEmpty()))
                .containsExactly(false, true);
    }

    /** The submissions of the last run. */
    private List<RunFolder.SubmittedJob> submissions() {
        List<RunFolder.SubmittedJob> submissions = new ArrayList<>();
        runs().getLast().readJobs(submissions::add);
        return submissions;
    }

    private List<RunFolder> runs() {
        return Workspace.view(lab.workspace()).experiments().getFirst().runs();
    }

    @Test
    void run_consumerIsDoneAndTheTaskHasFailedSince_isStillDone() throws Exception {
        List<Config<Written>> outputs = new ArrayList<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            outputs.add(xp.submitTransient(lab.step("raw")));
            xp.submit(lab.step("learn", outputs.getFirst()));
        };
        lab.run(plan);
        lab.control().fail("raw");
        lab.run((xp, settings) -> xp.submit(lab.step("raw")));
        assertThat(lab.status("raw")).isInstanceOf(JobStatus.Failed.class);

        assertThat(counts(lab.run((xp, settings) -> xp.submit(lab.step("learn", outputs.getFirst())))
                        .account()))
                .isEqualTo("done before learn");
        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("other", outputs.getFirst()))))
                .hasStackTraceContaining(
                        "it uses the outputs of " + lab.job("raw").name() + ", which were removed");
        assertThat(submissions()).isEmpty();
    }

    @Test
    void run_laterAttemptOfATaskThatIsNotTransientNow_isRecordedByItsConsumers() throws Exception {
        List<Config<Written>> outputs = new ArrayList<>();
        lab.run((xp, settings) -> chain(xp));
        lab.run((xp, settings) -> {
            outputs.add(xp.submit(lab.step("raw")));
            xp.submit(lab.step("one", outputs.getFirst()));
        });
        lab.run((xp, settings) -> xp.submit(lab.step("two", outputs.getFirst())));

        assertThat(read("one", 1)).isEqualTo(new TreeMap<>(Map.of(lab.job("raw").name(), 3)));
        assertThat(read("two", 1)).isEqualTo(new TreeMap<>(Map.of(lab.job("raw").name(), 3)));
    }

    @Test
    void save_ofARemovedResult_runsTheTaskAgainAndKeepsIt() throws Exception {
        lab.run((xp, settings) -> chain(xp));

        RunResult result = lab.run((xp, settings) -> {
            chain(xp);
            xp.save("raw", xp.submitTransient(lab.step("raw")));
        });

        assertThat(counts(result.account())).isEqualTo("executed raw, done before learn, not needed unpacked");
        assertKept("raw");
    }

    @Test
    void run_callbackOnATransientJob_keepsItsOutputs() throws Exception {
        List<String> told = new ArrayList<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> raw = xp.submitTransient(lab.step("raw"));
            xp.submit(lab.step("learn", raw));
            xp.onEnd(raw, report -> told.add(report.state()));
        };
        lab.run(plan);
        lab.run(plan);

        assertKept("raw");
        assertThat(told).containsExactly("done", "done");
    }

    @Test
    void run_callbacksThatSubmitMore_removesAtTheEnd() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> raw = xp.submitTransient(lab.step("raw"));
            xp.onEnd(xp.submit(lab.step("one", raw)), report -> xp.submit(lab.step("two", raw)));
        });

        assertThat(counts(result.account())).isEqualTo("executed raw one two");
        assertRemoved("raw");
        assertThat(((JobStatus.Removed) lab.status("raw")).removal()).isEqualTo(2);
    }
}
