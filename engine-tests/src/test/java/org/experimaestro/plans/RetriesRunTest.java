package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.ContinueException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.Resumable;
import org.experimaestro.Retries;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.spi.Resources;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.ManualClock;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose failed jobs are tried again by their policies. */
@Timeout(120)
class RetriesRunTest extends PlanFixture {
    private static final long G = 1_000_000_000L;

    /** A task type with retries of its own. */
    @Retries("exception 1 after 0 s")
    @ConfigType("trial.annotated")
    record Annotated(int number) implements SelfTask<Annotated> {
        @Override
        public void execute(TaskContext context) {
            context.metric("number", number);
        }
    }

    /** A task type whose retries cannot be read. */
    @Retries("exeption 1")
    @ConfigType("trial.misspelled")
    record Misspelled(int number) implements SelfTask<Misspelled> {
        @Override
        public void execute(TaskContext context) {
            context.metric("number", number);
        }
    }

    /** Two partitions: up to 12 GB, and up to 40 GB. */
    private static final class TwoPartitions implements LauncherFinder {
        @Override
        public Placement find(Launcher request) {
            Alternative asked =
                    request.requirement().orElseThrow().alternatives().getFirst();
            if (asked.memory() > 40 * G) {
                throw LaunchException.of("nothing has " + asked.memory()).build();
            }
            return Placement.on(LauncherDefinition.local(), request).toBuilder()
                    .partition(asked.memory() > 12 * G ? "large" : "small")
                    .resources(new Resources(
                            asked.duration(), asked.cores(), asked.memory(), new TreeMap<>(), false, new TreeSet<>()))
                    .build();
        }

        @Override
        public RequestLimits limits(Launcher request) {
            return new RequestLimits(Optional.empty(), OptionalLong.of(40 * G));
        }

        @Override
        public Optional<LauncherDefinition> launcher(String name) {
            return Optional.empty();
        }
    }

    private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();

    /** The n-th execution of each step ends as the function says. */
    private JobBehavior behavior(TaskSubmission job, IntFunction<JobBehavior> ofExecution) {
        return ofExecution.apply(executions
                .computeIfAbsent(name(job), key -> new AtomicInteger())
                .incrementAndGet());
    }

    private static IntFunction<JobBehavior> failing(FailureCause... causes) {
        return execution ->
                execution <= causes.length ? JobBehavior.fails(causes[execution - 1]) : JobBehavior.executes();
    }

    private int executions(String name) {
        AtomicInteger count = executions.get(name);
        return count == null ? 0 : count.get();
    }

    private static Launcher with(String retries) {
        return Launcher.local().retries(RetryPolicy.parse(retries));
    }

    private PlanRun run(ExperimentPlan<String> plan, FailureCause... causes) {
        return runner(plan).jobs(job -> behavior(job, failing(causes))).run("settings");
    }

    private List<RunEvent> events(String run) throws IOException {
        RunFolder folder = Workspace.view(workspace()).experiment("trial").run(run);
        List<RunEvent> events = new ArrayList<>();
        folder.readEvents(0, events::add);
        return events;
    }

    private List<String> runs() {
        return Workspace.view(workspace()).experiment("trial").runs().stream()
                .map(RunFolder::name)
                .toList();
    }

    private AttemptOrigin origin(Config<?> task, int attempt) throws IOException {
        return job(task).attempt(attempt).record().origin();
    }

    @Test
    void run_failedJobs_areTriedAgainAndTheirDependentsWait() throws IOException {
        Config<Step> first = step("first");
        PlanRun run = run(
                (xp, settings) -> {
                    Config<Step.Written> written = xp.submit(first, with("exception 2 after 0 s"));
                    xp.submit(step("second", written));
                },
                FailureCause.EXCEPTION);

        // The second step fails once too, and has no policy.
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(executions("first")).isEqualTo(2);
        assertThat(executions("second")).isOne();
        assertThat(status(first).lastAttempt()).hasValue(2);
        assertThat(origin(first, 1)).isEqualTo(new AttemptOrigin("local", "", ""));
        assertThat(origin(first, 2).retry()).isEqualTo("attempt 2 of 3");
        assertThat(events(runs().getLast()))
                .filteredOn(event -> event.job().equals(job(first).name()))
                .extracting(RunEvent::phase)
                .containsExactly("READY", "RUNNING", "RUNNING", "WAITING", "READY", "RUNNING", "RUNNING", "DONE");
        assertThat(events(runs().getLast()))
                .filteredOn(event -> !event.message().isEmpty() && event.phase().equals("WAITING"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.message()).isEqualTo("attempt 2 of 3; attempt 1 threw an exception");
                    assertThat(event.expectedStart()).isPresent();
                });
    }

    @Test
    void run_alwaysFailingJob_isExecutedOnceMoreThanItsRetries() {
        Config<Step> task = step("only");
        PlanRun run = runner((xp, settings) -> xp.submit(task, with("exception 9 after 0 s, max 3")))
                .jobs(job -> behavior(job, execution -> JobBehavior.fails(FailureCause.EXCEPTION)))
                .run("settings");

        assertThat(executions("only")).isEqualTo(4);
        assertThat(run.report().jobs().getFirst().reason().orElseThrow())
                .endsWith("it was executed 4 times, as often as \"max 3\" of its retries allows");
    }

    @Test
    void run_preemptions_countApartAndRaiseNothing() throws IOException {
        Config<Step> task = step("only");
        PlanRun run = runner((xp, settings) -> xp.submit(
                        task,
                        Launcher.find("cpu(mem=8G)")
                                .retries(RetryPolicy.parse(
                                        "memory_limit 1 x2 after 0 s, preempted 5 after 0 s, max 1"))))
                .launchers(new TwoPartitions())
                .jobs(job -> behavior(
                        job,
                        failing(
                                FailureCause.PREEMPTED,
                                FailureCause.PREEMPTED,
                                FailureCause.MEMORY_LIMIT,
                                FailureCause.PREEMPTED)))
                .run("settings");

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(origin(task, 3))
                .isEqualTo(new AttemptOrigin("local, partition small", "cpu(mem=8G, cores=1)", "attempt 3 of 6"));
        assertThat(origin(task, 4))
                .isEqualTo(new AttemptOrigin(
                        "local, partition large",
                        "cpu(mem=16G, cores=1)",
                        "attempt 4 of 4, memory 8G → 16G, on local, partition large"));
        assertThat(origin(task, 5).asked()).isEqualTo("cpu(mem=16G, cores=1)");
    }

    @Test
    void run_memoryThatNothingGives_isCappedAndThenGivenUp() throws IOException {
        Config<Step> task = step("only");
        PlanRun run = runner((xp, settings) -> xp.submit(
                        task, Launcher.find("cpu(mem=30G)").retries(RetryPolicy.parse("heap 9 x2 after 0 s"))))
                .launchers(new TwoPartitions())
                .jobs(job -> behavior(job, execution -> JobBehavior.fails(FailureCause.OUT_OF_MEMORY)))
                .run("settings");

        assertThat(executions("only")).isEqualTo(2);
        assertThat(origin(task, 2).asked()).isEqualTo("cpu(mem=40G, cores=1)");
        assertThat(run.report().jobs().getFirst().reason().orElseThrow())
                .endsWith("no launcher gives it more memory than 40G");
    }

    @Test
    void run_delay_isThatOfTheClockAndHoldsNoPlace() throws Exception {
        ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
        Config<Step> task = step("delayed");
        var runner = runner((xp, settings) -> {
                    xp.submit(task, with("vanished 1 after 5 min"));
                    xp.submit(step("other"));
                })
                .clock(clock)
                .jobs(job -> name(job).equals("delayed")
                        ? behavior(job, failing(FailureCause.VANISHED))
                        : behavior(job, failing()));
        CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> runner.run("settings"));
        clock.awaitAlarms(1);
        while (executions("other") == 0) {
            Thread.onSpinWait(); // the only place is free
        }
        clock.advance(Duration.ofMinutes(4));
        assertThat(executions("delayed")).isOne();
        clock.advance(Duration.ofMinutes(1));

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(executions("delayed")).isEqualTo(2);
    }

    @Test
    void run_cancelledJob_isNeverTriedAgain() {
        Config<Step> task = step("only");
        PlanRun run = run(
                (xp, settings) -> xp.submit(task, with("exception 9 after 0 s, vanished 9 after 0 s")),
                FailureCause.CANCELLED);

        assertThat(executions("only")).isOne();
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void run_acrossRuns_countsThoseOfEarlierRuns() {
        Config<Step> task = step("only");
        ExperimentPlan<String> plan =
                (xp, settings) -> xp.submit(task, with("exception 1 after 0 s, max 2, across runs"));
        FailureCause[] always = {
            FailureCause.EXCEPTION, FailureCause.EXCEPTION, FailureCause.EXCEPTION, FailureCause.EXCEPTION
        };

        run(plan, always);
        assertThat(executions("only")).as("one retry for this cause").isEqualTo(2);
        run(plan, always);
        assertThat(executions("only")).as("three executions in all").isEqualTo(3);
        PlanRun third = run(plan, always);
        assertThat(executions("only")).isEqualTo(3);
        assertThat(third.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(third.report().jobs().getFirst().reason().orElseThrow())
                .contains("it was executed 3 times, and its retries allow 3 across runs");
    }

    @Test
    void run_acrossRuns_beginsWithTheAmountsOfTheLastAttempt() throws IOException {
        Config<Step> task = step("only");
        String acrossRuns = "memory_limit 3 x2 after 0 s, max 9, across runs";
        for (String policy : List.of(acrossRuns, acrossRuns, "memory_limit 3 x2 after 0 s")) {
            runner((xp, settings) ->
                            xp.submit(task, Launcher.find("cpu(mem=8G)").retries(RetryPolicy.parse(policy))))
                    .launchers(new TwoPartitions())
                    .jobs(job -> behavior(
                            job,
                            execution -> JobBehavior.fails(
                                    execution == 1 ? FailureCause.MEMORY_LIMIT : FailureCause.EXCEPTION)))
                    .run("settings");
        }

        assertThat(executions("only")).isEqualTo(4);
        assertThat(origin(task, 2).asked()).isEqualTo("cpu(mem=16G, cores=1)");
        assertThat(origin(task, 3)).isEqualTo(new AttemptOrigin("local, partition large", "cpu(mem=16G, cores=1)", ""));
        assertThat(origin(task, 4).asked()).as("without across runs").isEqualTo("cpu(mem=8G, cores=1)");
    }

    @Test
    void run_heapOfTheUser_isSaidNotToGrow() throws IOException {
        Config<Step> task = step("only");
        runner((xp, settings) -> xp.submit(
                        task,
                        Launcher.find("cpu(mem=8G)")
                                .env("JDK_JAVA_OPTIONS", "-ea -Xmx2g")
                                .retries(RetryPolicy.parse("heap 1 x2 after 0 s, memory_limit 1 x2 after 0 s"))))
                .launchers(new TwoPartitions())
                .jobs(job -> behavior(job, failing(FailureCause.OUT_OF_MEMORY, FailureCause.MEMORY_LIMIT)))
                .run("settings");

        assertThat(origin(task, 2).retry())
                .isEqualTo("attempt 2 of 2, memory 8G → 16G, but not the heap, which -Xmx2g in JDK_JAVA_OPTIONS sets,"
                        + " on local, partition large");
        assertThat(origin(task, 3).retry()).isEqualTo("attempt 3 of 3, memory 16G → 32G");
    }

    @Test
    void run_withoutAcrossRuns_eachRunHasAllRetries() {
        Config<Step> task = step("only");
        ExperimentPlan<String> plan = (xp, settings) -> xp.submit(task, with("exception 1 after 0 s"));

        run(plan, FailureCause.EXCEPTION, FailureCause.EXCEPTION, FailureCause.EXCEPTION);
        PlanRun second = run(plan, FailureCause.EXCEPTION, FailureCause.EXCEPTION, FailureCause.EXCEPTION);

        assertThat(executions("only")).isEqualTo(4);
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_annotatedType_hasItsRetriesUnlessTheSubmissionHasOthers() {
        Config<Annotated> first =
                Config.builder(Annotated.class).set("number", 1).build();
        Config<Annotated> second =
                Config.builder(Annotated.class).set("number", 2).build();
        PlanRun run = runner((xp, settings) -> {
                    xp.submit(first);
                    xp.submit(
                            second, Launcher.local().retries(RetryPolicy.none().on(RetryCause.HEAP, 3)));
                })
                .jobs(job -> JobBehavior.fails(FailureCause.EXCEPTION))
                .run("settings");

        assertThat(run.executed()).hasSize(3);
        assertThat(status(first).lastAttempt()).hasValue(2);
        assertThat(status(second).lastAttempt()).hasValue(1);
    }

    /** A task that counts to five, one in each attempt. */
    @ConfigType("trial.slow-count")
    record SlowCount(int start) implements SelfTask<SlowCount>, Resumable {
        @Override
        public void execute(TaskContext context) throws IOException {
            Path file = context.folder().resolve("count");
            int count = 1 + (Files.exists(file) ? Integer.parseInt(Files.readString(file)) : start);
            Files.writeString(file, Integer.toString(count));
            if (count < 5) {
                throw new ContinueException("at " + count);
            }
            context.metric("count", count);
        }
    }

    @Test
    void run_taskThatGoesOnLater_needsNoPolicyAndIsNoFailure() throws IOException {
        Config<SlowCount> task = Config.builder(SlowCount.class).set("start", 0).build();
        PlanRun run = run((xp, settings) -> xp.submit(task));

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.executed()).hasSize(5);
        assertThat(origin(task, 2).retry()).isEqualTo("attempt 2");
        assertThat(events(runs().getLast()))
                .filteredOn(event -> event.phase().equals("WAITING"))
                .extracting(RunEvent::message)
                .startsWith("attempt 2; attempt 1 ended early, to go on in another attempt: at 1");
    }

    @Test
    void submit_wrongAnnotation_isRefused() {
        assertThatThrownBy(() -> dryRun((xp, settings) -> xp.submit(
                        Config.builder(Misspelled.class).set("number", 1).build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its @Retries are wrong")
                .hasMessageContaining("did you mean \"exception\"?");
    }

    @Test
    void identifier_policy_doesNotCount() {
        PlanRun plain = dryRun((xp, settings) -> xp.submit(step("only")));
        PlanRun retried = dryRun((xp, settings) -> xp.submit(step("only"), with("exception 2")));

        assertThat(retried.submissions().getFirst().id())
                .isEqualTo(plain.submissions().getFirst().id());
    }
}
