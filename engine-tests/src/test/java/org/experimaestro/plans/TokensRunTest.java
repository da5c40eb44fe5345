package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.Token;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose jobs hold tokens, beside other runs. */
@Timeout(120)
class TokensRunTest extends PlanFixture {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Counts how many of these jobs run at once. */
    private JobBehavior counted(TaskSubmission job) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        running.decrementAndGet();
        return JobBehavior.executes();
    }

    private static Launcher holding(Token token) {
        return Launcher.local().holding(token);
    }

    private TokenFolder tokens() {
        Workspace workspace = Workspace.open(workspace());
        return new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens);
    }

    /** Another run, which has the only licence. */
    private final class Other implements AutoCloseable {
        final TokenDesk desk = new TokenDesk(tokens(), InstantSource.system());
        final Config<?> job = step("other");
        final TokenShare share;

        Other() throws IOException {
            desk.declare("licence", 1);
            share = desk.ask(job.type() + "/" + job.id(), "", new TreeMap<>(Map.of("licence", 1L)), 0);
        }

        void giveBack() throws IOException {
            desk.giveBack(share);
        }

        @Override
        public void close() throws IOException {
            desk.close();
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void run_moreJobsThanTokens_runAsManyAtOnceAsThereAre() throws IOException {
        PlanRun run = runner((xp, settings) -> {
                    Token licence = xp.token("licence", 2);
                    for (int i = 0; i < 8; i++) {
                        xp.submit(step("step " + i), holding(licence));
                    }
                })
                .concurrentJobs(8)
                .jobs(this::counted)
                .run("settings");

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(most.get()).isBetween(1, 2);
        assertThat(tokens().read().shares()).isEmpty();
    }

    /** A cluster that is asked for what is too large for this machine. */
    private static final class LargeElsewhere implements LauncherFinder {
        private static final long MOST_HERE = 12L << 30;

        private static final LauncherDefinition FAR = new LauncherDefinition(
                "far",
                "slurm",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(),
                0,
                new TreeMap<>(),
                List.of());

        @Override
        public Placement find(Launcher request) {
            Alternative asked =
                    request.requirement().orElseThrow().alternatives().getFirst();
            return Placement.on(asked.memory() > MOST_HERE ? FAR : LauncherDefinition.local(), request).toBuilder()
                    .resources(new Resources(
                            asked.duration(), asked.cores(), asked.memory(), new TreeMap<>(), false, new TreeSet<>()))
                    .build();
        }

        @Override
        public Optional<LauncherDefinition> launcher(String name) {
            return Optional.empty();
        }
    }

    @Test
    void run_retryWouldLeaveTheMachineOfItsToken_isGivenUpAndSaysWhy() throws IOException {
        PlanRun run = runner((xp, settings) -> xp.submit(
                        step("only"),
                        Launcher.find("cpu(mem=8G)")
                                .holding(xp.machineToken("display", 1))
                                .retries(RetryPolicy.parse("memory_limit 1 x2 after 0 s"))))
                .launchers(new LargeElsewhere())
                .jobs(job -> JobBehavior.fails(FailureCause.MEMORY_LIMIT))
                .run("settings");

        assertThat(run.report().jobs().getFirst().reason().orElseThrow())
                .contains("it is not tried again")
                .contains("it runs on the launcher far, and the token display")
                .contains("is for jobs that run here");
    }

    @Test
    void run_twoRunsAndOneToken_neverHoldItBoth() throws Exception {
        List<CompletableFuture<PlanRun>> runs = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            ExperimentPlan<String> plan = (xp, settings) -> {
                Token licence = xp.token("licence", 1);
                for (int i = 0; i < 4; i++) {
                    xp.submit(step(name + i), holding(licence));
                }
            };
            runs.add(CompletableFuture.supplyAsync(() -> runner(plan)
                    .name(name)
                    .concurrentJobs(4)
                    .jobs(this::counted)
                    .run("settings")));
        }
        for (CompletableFuture<PlanRun> run : runs) {
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(most.get()).isOne();
    }

    @Test
    void run_tokenIsWithAnotherRun_holdsNoPlaceAndSaysWhy() throws Exception {
        try (Other other = new Other()) {
            Config<Step> waits = step("waits");
            Config<Step> passes = step("passes");
            CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> run((xp, settings) -> {
                xp.submit(waits, holding(xp.token("licence", 1)));
                xp.submit(passes);
            }));
            // One job at a time runs here, and this one comes later.
            await("the other job is done", () -> job(passes).isMarkedAsDone());
            // Until the other job's end is known, the reason also says that other jobs come first.
            String held = "token licence: 1 of 1 held by " + other.job.type() + "/" + other.job.id();
            await(
                    "its reason is told",
                    () -> reason(waits).kind() == Reason.Kind.TOKENS
                            && reason(waits).subject().equals(held));
            assertThat(run).isNotDone();

            other.giveBack();
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(job(waits).attempt(1).record().origin().tokens()).isGreaterThan(other.share.lease());
        }
    }

    private Reason reason(Config<?> task) {
        Workspace workspace = Workspace.view(workspace());
        JobsView view =
                SubmittedJobs.addTo(workspace, WorkspaceIndex.open(workspace).view());
        JobView job = view.find(job(task).name()).orElse(null);
        return job == null
                ? Reason.of(Reason.Kind.STARTING, "", List.of(), "")
                : new Reasons(workspace, view).find(job).orElseThrow();
    }

    @Test
    void run_jobOfAnotherRunThatNeverBegan_getsItsTokensBeforeItStarts() throws Exception {
        Config<Step> task = step("taken");
        CountDownLatch begun = new CountDownLatch(1);
        try (Other other = new Other()) {
            Claim claim = job(task).claim(ProcessIdentity.current(), "other/run");
            Attempt attempt = ((Claim.Granted) claim).attempt();
            CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> runner((xp, settings) -> {
                        xp.submit(task, holding(xp.token("licence", 1)));
                        begun.countDown();
                    })
                    .run("settings"));
            begun.await();
            attempt.giveUp(ProcessIdentity.current(), "the other run was stopped");
            await("it waits for its token", () -> reason(task).kind() == Reason.Kind.TOKENS);
            assertThat(job(task).status().lastAttempt()).hasValue(1);

            other.giveBack();
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(job(task).status().lastAttempt()).hasValue(2);
        }
    }

    @Test
    void run_jobFails_givesItsTokensBackAndAsksAgainForItsRetry() throws IOException {
        AtomicInteger executions = new AtomicInteger();
        PlanRun run = runner((xp, settings) -> {
                    Token licence = xp.token("licence", 1);
                    xp.submit(step("fails"), holding(licence).retries(RetryPolicy.parse("exception 1 after 0 s")));
                    xp.submit(step("next"), holding(licence));
                })
                .jobs(job -> name(job).equals("fails") && executions.incrementAndGet() == 1
                        ? JobBehavior.fails(FailureCause.EXCEPTION)
                        : JobBehavior.executes())
                .run("settings");

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(executions).hasValue(2);
        assertThat(tokens().read().shares()).isEmpty();
    }

    @Test
    void run_priority_goesFirst() {
        CountDownLatch submitted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        PlanRun run = runner((xp, settings) -> {
                    Token licence = xp.token("licence", 1);
                    xp.submit(step("first"), holding(licence));
                    xp.submit(step("low"), holding(licence));
                    xp.submit(step("high"), holding(licence).priority(3));
                    submitted.countDown();
                })
                .jobs(job -> name(job).equals("first") ? held(begun, submitted) : JobBehavior.executes())
                .run("settings");

        assertThat(names(run.executed())).containsExactly("first", "high", "low");
    }

    @Test
    void run_urgentJobNeedsOneThatWaits_movesItUpInTheLine() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (Other other = new Other()) {
            Config<Step> waits = step("waits");
            CompletableFuture<PlanRun> run = CompletableFuture.supplyAsync(() -> run((xp, settings) -> {
                Config<Step.Written> output = xp.submit(waits, holding(xp.token("licence", 1)));
                await(waiting);
                xp.submit(step("urgent", output), Launcher.local().priority(3));
            }));
            await("it waits", () -> priorityInLine(waits).isPresent());
            assertThat(priorityInLine(waits)).hasValue(0);
            waiting.countDown();
            await("it is more urgent", () -> priorityInLine(waits).orElse(0) == 3);

            other.giveBack();
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private OptionalInt priorityInLine(Config<?> task) throws IOException {
        return tokens().read().findWaiting(task.type() + "/" + task.id()).stream()
                .mapToInt(TokenShare::priority)
                .findFirst();
    }

    @Test
    void token_nameThatDiffersInCase_isWarnedOfOnce() {
        run((xp, settings) -> xp.token("licence", 3));
        PlanRun second = run((xp, settings) -> xp.token("Licence", 3));
        assertThat(second.warnings())
                .containsExactly(
                        "The token Licence is new, and there is the token licence, whose name differs only in case:"
                                + " jobs that hold one of them do not wait for the other one");
        assertThat(run((xp, settings) -> xp.token("Licence", 3)).warnings()).isEmpty();
    }

    @Test
    void token_otherSizeThanBefore_countsAndIsWarnedOf() throws IOException {
        run((xp, settings) -> xp.token("licence", 3));
        PlanRun second = run((xp, settings) -> xp.token("licence", 5));
        assertThat(second.warnings())
                .containsExactly(
                        "There were 3 of the token licence, and this plan says 5, which counts from now on for all runs");
        assertThat(tokens().read().sizes()).containsEntry("licence", 5L);
    }

    @Test
    void submit_moreThanThereAre_isRefused() {
        assertThatThrownBy(() -> dryRun((xp, settings) ->
                        xp.submit(step("heavy"), Launcher.local().holding(xp.token("licence", 3), 4))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(
                        "Cannot submit a job that holds tokens: it holds 4 of the token licence, of which there are 3");
        assertThatThrownBy(() -> dryRun((xp, settings) ->
                        xp.submit(step("stray"), holding(Token.of("licence", Token.Scope.WORKSPACE)))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("this plan has not declared the token licence");
        assertThatThrownBy(() -> dryRun((xp, settings) -> xp.token("no licence", 1)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("Cannot name a token \"no licence\"");
        assertThat(Files.exists(workspace())).isFalse();
    }

    @Test
    void submit_withTokens_hasTheSameIdentifier() {
        Config<Step> plain = step("same");
        PlanRun run = dryRun((xp, settings) -> xp.submit(step("same"), holding(xp.token("licence", 3))));
        assertThat(run.submissions().getFirst().id()).isEqualTo(plain.id());
    }
}
