package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.Task;
import org.experimaestro.model.type.PlanFolder;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs again after a default was changed. */
@Timeout(120)
final class ChangedDefaultTest extends PlanFixture {
    @AfterEach
    void tearDown() {
        System.clearProperty(PlanFolder.PROPERTY);
    }

    @Test
    void submit_jobThatIsDoneWithAnotherDefault_isRefusedWithAllThatHasChanged() throws Exception {
        assertThat(run(of(Rates.First.class, 1)).executed()).hasSize(1);

        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, 1))
                .hasMessageStartingWith("ChangedDefaultTest.java:")
                .hasMessageContaining("Cannot submit trial.rate/")
                .hasMessageContaining("the job is there (done) with other values: ")
                .hasMessageContaining("the default of rate of trial.rate was 0.4 and is 0.75 now;"
                        + " write @Default(value = \"0.75\", was = \"0.4\")")
                .hasMessageContaining(" in " + Rates.Changed.class.getTypeName())
                .hasMessageContaining("With inId = true instead, every value counts")
                .hasMessageContaining("The run mode dry-run lists all such jobs of the plan")
                .hasMessageContaining("the default of limit of trial.rate was absent and is 3 now;"
                        + " write @Default(value = \"3\", was = Default.ABSENT)");
    }

    @Test
    void submit_firstDefaultIsSaid_findsTheResultsOfBoth() throws Exception {
        run(of(Rates.First.class, 1));

        assertThat(run(of(Rates.Said.class, 1)).executed()).hasSize(1);
        assertThat(done(of(Rates.Said.class, 1)).metrics()).containsEntry("rate", 0.75);
        Config<Rates.Said> asBefore = Config.builder(Rates.Said.class)
                .set("seed", 1)
                .set("rate", 0.4)
                .set("limit", java.util.Optional.empty())
                .build();
        assertDoneBefore(asBefore);
        assertThat(done(asBefore).metrics()).containsEntry("rate", 0.4);
        assertDoneBefore(of(Rates.Said.class, 1));
    }

    @Test
    void submit_parametersWereAddedAndRemovedAndHaveOtherTypes_findsTheJob() throws Exception {
        run(of(Rates.First.class, 1));
        assertDoneBefore(of(Rates.Grown.class, 1));
        forgetDigests();
        assertDoneBefore(of(Rates.Grown.class, 1));
    }

    @Test
    void submit_jobWithItsOwnValueForTheParameter_findsTheJob() throws Exception {
        run(Config.builder(Rates.First.class)
                .set("seed", 1)
                .set("rate", 0.9)
                .set("limit", 5)
                .build());
        Config<Rates.Changed> same = Config.builder(Rates.Changed.class)
                .set("seed", 1)
                .set("rate", 0.9)
                .set("limit", 5)
                .build();
        assertDoneBefore(same);
    }

    @Test
    void submit_jobFromBefore_comparesItsValues() throws Exception {
        run(of(Rates.First.class, 1));
        assertThat(done(of(Rates.First.class, 1)).defaults()).matches("[0-9a-f]{32}");
        forgetDigests();

        assertThat(done(of(Rates.First.class, 1)).defaults()).isNull();
        assertDoneBefore(of(Rates.First.class, 1));
        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, 1)).hasMessageContaining("was = \"0.4\"");
    }

    @Test
    void submit_jobThatFailedOrRunsWithAnotherDefault_isRefused() throws Exception {
        run(of(Rates.First.class, -1));
        assertThat(status(of(Rates.First.class, -1)).state()).isEqualTo(JobState.FAILED);
        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, -1)).hasMessageContaining("(failed) with other values");

        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<PlanRun> running =
                start(runner(plan(of(Rates.FirstHeld.class))).jobs(job -> held(begun, release)));
        begun.await();
        assertRefused(RunMode.NORMAL, of(Rates.ChangedHeld.class)).hasMessageContaining("(running) with other values");
        release.countDown();
        assertThat(running.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void submit_parametersAreDamaged_runsAJobThatIsNotDone_andRefusesOneOfBeforeThatIs() throws Exception {
        run(of(Rates.First.class, -1));
        Files.writeString(job(of(Rates.First.class, -1)).parametersFile(), "{");
        assertThat(run(of(Rates.First.class, -1)).executed()).hasSize(1);

        run(of(Rates.First.class, 1));
        Files.writeString(job(of(Rates.First.class, 1)).parametersFile(), "{");
        assertDoneBefore(of(Rates.First.class, 1));
        PlanRun run = run((xp, settings) -> {
            xp.submit(of(Rates.Changed.class, 1));
            xp.submit(step("another"));
        });
        assertThat(names(run.executed())).containsExactly("another");
        assertThat(run.report().jobs()).first().satisfies(job -> {
            assertThat(job.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(job.state()).isEqualTo("unreadable");
            assertThat(job.reason().orElseThrow())
                    .contains("Cannot tell whether the defaults of the job trial.rate/")
                    .contains("or move the job's folder away to run the job again");
        });
    }

    @Test
    void run_anotherPlanRunsTheJobWithAnotherDefaultMeanwhile_isNotTakenForThisOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<PlanRun> waiting = start(runner((xp, settings) -> {
                    xp.submit(step("gate"));
                    xp.submit(of(Rates.ChangedHeld.class));
                })
                .jobs(job -> held(begun, release)));
        begun.await();
        assertThat(run(of(Rates.FirstHeld.class)).executed()).hasSize(1);
        release.countDown();

        assertThat(waiting.get().report().jobs()).last().satisfies(job -> {
            assertThat(job.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(job.reason().orElseThrow())
                    .contains(FailureCause.WRONG_PARAMETERS.phrase())
                    .contains("was 0.4 and is 0.75 now");
        });
    }

    @Test
    void submit_defaultInsideADefaultConfigurationHasChanged_isRefused() throws Exception {
        run(of(Rates.FirstWhole.class));
        assertRefused(RunMode.NORMAL, of(Rates.ChangedWhole.class))
                .hasMessageContaining("the default of width of trial.part was 2 and is 4 now");
        forgetDigests();
        assertRefused(RunMode.NORMAL, of(Rates.ChangedWhole.class))
                .hasMessageContaining("the default of width of trial.part was 2 and is 4 now");
    }

    @Test
    void submit_defaultConfigurationHasChanged_isRefused() throws Exception {
        run(of(Rates.FirstWhole.class));
        String first = of(Rates.FirstPart.class).id().toString();
        for (int look = 0; look < 2; look++) {
            assertRefused(RunMode.NORMAL, of(Rates.OtherWhole.class))
                    .hasMessageContaining("the default of part of trial.whole was \"trial.part/" + first)
                    .hasMessageContaining("add was = \"…\" to its @DefaultFrom");
            forgetDigests();
        }
    }

    @Test
    void submit_whatTheJobUsesWasMadeWithAnotherDefault_isRefused() throws Exception {
        run(uses(of(Rates.First.class, 1), Rates.FirstUse.class));
        Path producer = job(of(Rates.First.class, 1)).path();
        Files.move(producer, folder.resolve("gone"));

        assertThatThrownBy(() -> run(uses(of(Rates.Changed.class, 1), Rates.ChangedUse.class)))
                .hasMessageContaining("Cannot submit trial.use/")
                .hasMessageContaining("the default of rate of trial.rate was 0.4 and is 0.75 now");
    }

    @Test
    void dryRunAndGenerate_defaultsHaveChanged_tellAllOfThem() throws Exception {
        run(plan(of(Rates.First.class, 1), of(Rates.First.class, 2)));
        run(of(Rates.FirstWhole.class));
        for (RunMode mode : List.of(RunMode.DRY_RUN, RunMode.GENERATE)) {
            assertThatThrownBy(() -> run(mode, (xp, settings) -> {
                        xp.submit(of(Rates.Changed.class, 1));
                        xp.submit(of(Rates.Changed.class, 2));
                        xp.submit(of(Rates.OtherWhole.class));
                    }))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Defaults have changed since jobs of this plan were run:\n"
                            + "  the default of limit of trial.rate was absent and is 3 now")
                    .hasMessageContaining("(2 jobs, first trial.rate/")
                    .hasMessageContaining("the default of rate of trial.rate was 0.4")
                    .hasMessageContaining("the default of part of trial.whole was")
                    .hasMessageContaining(" at ChangedDefaultTest.java:");
        }
    }

    @Test
    void run_relativeDefaultPath_startsFromThePlansFolder() throws Exception {
        for (String name : List.of("one", "three")) {
            Path plan = folder.resolve(name);
            Files.createDirectories(plan.resolve("data"));
            Files.writeString(plan.resolve("data/corpus.txt"), name);
            System.setProperty(PlanFolder.PROPERTY, plan.toString());

            List<Config<?>> readers = List.of(of(Rates.Reader.class), of(Rates.SourceReader.class));
            PlanRun run = run((xp, settings) -> {
                xp.submit(of(Rates.Reader.class));
                xp.submit(of(Rates.SourceReader.class));
            });

            assertThat(run.outcome()).isEqualTo(Outcome.DONE);
            assertThat(run.executed()).hasSize(2);
            for (Config<?> reader : readers) {
                assertThat(done(reader).metrics()).containsEntry("length", (double) name.length());
                assertThat(job(reader).parametersFile())
                        .content()
                        .contains("\"" + plan.resolve("data/corpus.txt") + "\"");
            }
        }
    }

    @Test
    void run_contentOfARelativeDefaultPathOutsideOfThePlansFolder_isReadByTheJob() throws Exception {
        System.setProperty(
                PlanFolder.PROPERTY,
                Files.createDirectories(folder.resolve("plan")).toString());
        Path book = Files.createDirectories(folder.resolve("shared")).resolve("book.txt");
        assertThatThrownBy(() -> of(Rates.BookReader.class))
                .hasMessageContaining("Cannot identify " + book + " by its content: there is no such file");
        Files.writeString(book, "call me");

        assertThat(run(of(Rates.BookReader.class)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(done(of(Rates.BookReader.class)).metrics()).containsEntry("length", 7.0);
    }

    @Test
    void dryRun_jobWithAnotherDefault_givesItsMetricsToNoReport() throws Exception {
        run(of(Rates.First.class, 1));
        List<JobReport> reports = new ArrayList<>();
        assertThatThrownBy(() ->
                        dryRun((xp, settings) -> reports.add(xp.report(xp.submit(of(Rates.Changed.class, 1))))))
                .isInstanceOf(ConfigException.class);

        assertThat(reports).hasSize(1);
        JobReport report = reports.get(0);
        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(report.state()).isEqualTo("other defaults");
        assertThat(report.metrics()).isEmpty();
        assertThat(report.metricsSoFar()).isEmpty();
    }

    @Test
    void submit_wrongFirstDefaultIsSaid_tellsTheStoredOne() throws Exception {
        run(of(Rates.First.class, 1));

        Config<Rates.WrongFirst> asSaid = Config.builder(Rates.WrongFirst.class)
                .set("seed", 1)
                .set("rate", 0.25)
                .build();
        assertRefused(RunMode.NORMAL, asSaid)
                .hasMessageContaining("the job was stored with 0.4 as the first default of rate of trial.rate,"
                        + " but was says 0.25; write @Default(value = \"0.1\", was = \"0.4\")");
    }

    private static <T> Config<T> of(Class<T> type, int seed) {
        return Config.builder(type).set("seed", seed).build();
    }

    private JobStatus.Done done(Config<?> task) {
        return (JobStatus.Done) status(task);
    }

    private <R> PlanRun run(Config<? extends Task<R>> task) {
        return run(plan(task));
    }

    private <R> void assertDoneBefore(Config<? extends Task<R>> task) {
        PlanRun run = run(task);
        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.executed()).isEmpty();
    }

    private <R> AbstractThrowableAssert<?, ?> assertRefused(RunMode mode, Config<? extends Task<R>> task) {
        return assertThatThrownBy(() -> run(mode, plan(task))).isInstanceOf(ConfigException.class);
    }

    private static CompletableFuture<PlanRun> start(PlanRunner<String> runner) {
        return CompletableFuture.supplyAsync(() -> runner.run("settings"));
    }

    @SafeVarargs
    private static <R> ExperimentPlan<String> plan(Config<? extends Task<R>>... tasks) {
        return (xp, settings) -> {
            for (Config<? extends Task<R>> task : tasks) {
                xp.submit(task);
            }
        };
    }

    private static <R, U> ExperimentPlan<String> uses(Config<? extends Task<R>> maker, Class<? extends Task<U>> user) {
        return (xp, settings) ->
                xp.submit(Config.builder(user).set("made", xp.submit(maker)).build());
    }

    /** Makes the jobs those of a version that stored no defaults. */
    private void forgetDigests() throws IOException {
        try (Stream<Path> files = Files.walk(workspace().resolve("jobs"))) {
            for (Path file : files.filter(file -> file.endsWith("done.json") || file.endsWith("params.json"))
                    .toList()) {
                Files.writeString(file, Files.readString(file).replace("\"defaults\"", "\"other\""));
            }
        }
    }
}
