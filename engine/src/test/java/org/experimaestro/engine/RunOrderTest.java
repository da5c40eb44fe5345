package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jobs that a run runs, and their order. */
@Timeout(120)
final class RunOrderTest extends LabFixture {
    private static final FailureLimit FAIL_FAST = new FailureLimit(1, "--fail-fast");

    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses().slots(1);
    }

    /** Selects steps by their names. */
    private record Names(String option, List<String> names) implements JobSelector {
        static Names of(String option, String... names) {
            return new Names(option + " " + String.join(",", names), List.of(names));
        }

        @Override
        public boolean selects(SubmittedTask task) {
            return names.contains(Lab.name(task));
        }

        @Override
        public Optional<String> advice() {
            return Optional.of("look again");
        }
    }

    private void order(FailureLimit failures) {
        lab.order(new RunOrder(task -> OptionalInt.empty(), failures, Optional.empty(), Optional.empty()));
    }

    private void only(String... names) {
        lab.order(new RunOrder(
                task -> OptionalInt.empty(),
                FailureLimit.NONE,
                Optional.of(Names.of("--only", names)),
                Optional.empty()));
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

    private RunFolder run() {
        return Workspace.view(lab.workspace()).experiment("trial").runs().getLast();
    }

    private List<String> events(String name) {
        List<String> events = new ArrayList<>();
        run().readEvents(0, event -> {
            if (event.job().equals(lab.job(name).name())) {
                events.add(event.phase() + " " + event.message());
            }
        });
        return events;
    }

    // ---- priorities ----

    @Test
    void priority_ofTheSubmission_countsMoreThanThatOfTheFile_andIsInherited() throws Exception {
        lab.order(new RunOrder(
                task -> Lab.name(task).equals("c") ? OptionalInt.of(9) : OptionalInt.empty(),
                FailureLimit.NONE,
                Optional.empty(),
                Optional.empty()));
        lab.control().hold("first");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("first"));
            xp.submit(lab.step("a"), Launcher.local().priority(-1));
            xp.submit(lab.step("b"));
            xp.submit(lab.step("c"), Launcher.local().priority(1));
            xp.submit(
                    lab.step("d", xp.submit(lab.step("needed"))),
                    Launcher.local().priority(5));
            lab.control().release("first");
        });
        run.get();
        assertThat(lab.control().executions()).containsExactly("first", "needed", "d", "c", "b", "a");
    }

    // ---- failures ----

    @Test
    void failFast_runningJobsGoOn_othersAreNotStarted() throws Exception {
        order(FAIL_FAST);
        lab.slots(2).control().fail("bad");
        lab.control().hold("good");
        List<String> reports = new ArrayList<>();
        CompletableFuture<RunResult> run = lab.start(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) throws Exception {
                Config<Written> good = xp.submit(lab.step("good"));
                lab.control().awaitExecution("good");
                Config<Written> bad = xp.submit(lab.step("bad"));
                xp.submit(lab.step("behindBad", bad));
                xp.submit(lab.step("behindGood", good));
                assertThat(xp.await(bad)).isEqualTo(Outcome.FAILED);
                xp.submit(lab.step("late"));
                lab.control().release("good");
            }

            @Override
            public void report(Report report) {
                report.jobs().forEach(job -> reports.add(text(job)));
            }
        });
        RunResult result = run.get();
        String bad =
                lab.job("bad").typeId() + "/" + lab.job("bad").id().toString().substring(0, 8);
        String reason = "because of --fail-fast: " + bad + " failed";
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(counts(result.account()))
                .isEqualTo("executed good, failed bad, skipped behindBad, not started behindGood late");
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("good", "bad");
        assertThat(reports).contains("not started: " + reason);
        assertThat(events("late")).containsExactly("NOT_STARTED " + reason);
        assertThat(run().description().orElseThrow().list("notStarted")).hasSize(2);
    }

    private static String text(JobReport job) {
        return job.state() + job.reason().map(reason -> ": " + reason).orElse("");
    }

    @Test
    void maxFailures_aFailureThatIsTriedAgain_doesNotCount() throws Exception {
        order(new FailureLimit(2, "--max-failures 2"));
        lab.control().fail("bad");
        lab.control().fail("worse");
        RetryPolicy twice = RetryPolicy.none().on(RetryCause.EXCEPTION, 2).after(RetryCause.EXCEPTION, Duration.ZERO);
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("bad"), Launcher.local().retries(twice));
            xp.submit(lab.step("good"));
            xp.submit(lab.step("worse"), Launcher.local().priority(-1));
            xp.submit(lab.step("never"), Launcher.local().priority(-2));
        });
        assertThat(counts(result.account())).isEqualTo("executed good, failed bad worse, not started never");
    }

    @Test
    void maxFailures_aJobThatWaitsForItsNextAttempt_hasFailed_andSaysWhy() throws Exception {
        order(new FailureLimit(1, "--fail-fast"));
        lab.slots(2).control().fail("bad");
        lab.control().fail("waits");
        RetryPolicy later =
                RetryPolicy.none().on(RetryCause.EXCEPTION, 2).after(RetryCause.EXCEPTION, Duration.ofDays(1));
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> waits =
                    xp.submit(lab.step("waits"), Launcher.local().retries(later));
            Poll.until(
                    "it waits",
                    () -> lab.recorder().changes().stream()
                                    .filter("waits WAITING"::equals)
                                    .count()
                            > 0);
            assertThat(waits).isNotNull();
            xp.submit(lab.step("bad"));
        });
        String reason = "it is not tried again, because of --fail-fast: "
                + lab.job("bad").typeId() + "/" + lab.job("bad").id().toString().substring(0, 8) + " failed";
        assertThat(counts(result.account())).isEqualTo("failed waits bad");
        assertThat(lab.recorder().failures())
                .hasSize(2)
                .anySatisfy(failure -> assertThat(failure.message()).endsWith(reason));
        assertThat(events("waits")).last().asString().startsWith("NOT_STARTED because of --fail-fast");
        assertThat(run().description().orElseThrow().integer(RunFolder.MAX_FAILURES))
                .isEqualTo(1);
    }

    @Test
    void priorities_warnings_areToldWhenThePlanHasReturned() throws Exception {
        JobPriorities misspelled = new JobPriorities() {
            @Override
            public OptionalInt find(SubmittedTask task) {
                return OptionalInt.empty();
            }

            @Override
            public List<String> warnings() {
                return List.of("no job has it");
            }
        };
        lab.order(new RunOrder(misspelled, FailureLimit.NONE, Optional.empty(), Optional.empty()));
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        assertThat(lab.recorder().warnings()).containsExactly("no job has it");
        assertThat(run().description().orElseThrow().has(RunFolder.MAX_FAILURES))
                .isFalse();
    }

    // ---- selections ----

    @Test
    void only_takesWhatTheJobsNeed_andLeavesTheOthersOut() throws Exception {
        only("b", "late");
        List<Outcome> outcomes = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        RunResult result = lab.run(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) throws Exception {
                Config<Written> root = xp.submit(lab.step("root"));
                Config<Written> other = xp.submit(lab.step("other"));
                outcomes.add(xp.await(other));
                Config<Written> b = xp.submit(lab.step("b", root));
                xp.submit(lab.step("behind", b));
                outcomes.add(xp.await(b));
                reports.add(text(xp.report(other)));
                outcomes.add(xp.await());
                xp.submit(lab.step("late", xp.submit(lab.step("middle", root))));
            }

            @Override
            public void report(Report report) {
                reports.add(report.isComplete() ? "complete" : "incomplete");
            }
        });
        assertThat(outcomes).containsExactly(Outcome.NOT_RUN, Outcome.DONE, Outcome.NOT_RUN);
        assertThat(reports).containsExactly("left out: by --only b,late", "incomplete");
        assertThat(lab.control().executions()).containsExactly("root", "b", "middle", "late");
        assertThat(counts(result.account())).isEqualTo("executed root b middle late, left out other behind");
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(events("other")).containsExactly(RunEvent.LEFT_OUT + " left out by --only b,late");
        assertThat(run().description().orElseThrow().list("leftOut")).hasSize(2);
        assertThat(lab.recorder().warnings()).isEmpty();
    }

    @Test
    void only_jobsThatAreDone_areNotLeftOut() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
        };
        only("a");
        assertThat(counts(lab.run(plan).account())).isEqualTo("executed a, left out b");
        only("b");
        assertThat(counts(lab.run(plan).account())).isEqualTo("executed b, done before a");
        assertThat(run().description().orElseThrow().has("leftOut")).isFalse();
    }

    @Test
    void until_leavesOutWhatIsBehind() throws Exception {
        lab.order(new RunOrder(
                task -> OptionalInt.empty(),
                FailureLimit.NONE,
                Optional.of(Names.of("--only", "last", "middle")),
                Optional.of(Names.of("--until", "middle"))));
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> root = xp.submit(lab.step("root"));
            Config<Written> middle = xp.submit(lab.step("middle", root));
            xp.submit(lab.step("last", xp.submit(lab.step("behind", middle))));
        };
        assertThat(counts(lab.run(RunMode.DRY_RUN, plan).account()))
                .isEqualTo("not started root middle, left out behind last");
        RunResult result = lab.run(plan);
        assertThat(counts(result.account())).isEqualTo("executed root middle, left out behind last");
        assertThat(events("last")).containsExactly(RunEvent.LEFT_OUT + " left out by --until middle");
    }

    @Test
    void only_thatSelectsNothing_warns() throws Exception {
        only("nobody");
        RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("a")));
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.recorder().warnings())
                .containsExactly(
                        "--only nobody selects none of the 1 job that the plan has submitted, so no job is run;"
                                + " look again");
    }
}
