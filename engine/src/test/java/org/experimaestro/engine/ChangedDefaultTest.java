package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractThrowableAssert;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.Task;
import org.experimaestro.model.type.PlanFolder;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Rates;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs again after a default was changed, with real job processes. */
@Timeout(120)
final class ChangedDefaultTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
    }

    @AfterEach
    void tearDown() {
        System.clearProperty(PlanFolder.PROPERTY);
        lab.close();
    }

    @Test
    void submit_jobThatIsDoneWithAnotherDefault_isRefusedWithAllThatHasChanged() throws Exception {
        assertThat(run(of(Rates.First.class, 1)).executed()).isEqualTo(1);

        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, 1))
                .hasMessageStartingWith("Lab.java:")
                .hasMessageContaining("Cannot submit trial.rate/")
                .hasMessageContaining("the job is there (done) with other values: ")
                .hasMessageContaining("the default of rate of trial.rate was 0.4 and is 0.75 now;"
                        + " write @Default(value = \"0.75\", was = \"0.4\")")
                .hasMessageContaining(" in " + Rates.Changed.class.getTypeName())
                .hasMessageContaining("With inId = true instead, every value counts")
                .hasMessageContaining("The run mode dry-run lists all such jobs of the plan")
                .hasMessageContaining("the default of limit of trial.rate was absent and is 3 now;"
                        + " write @Default(value = \"3\", was = Default.ABSENT)");
        assertRefusedDetached(of(Rates.Changed.class, 1));
    }

    @Test
    void submit_firstDefaultIsSaid_findsTheResultsOfBoth() throws Exception {
        run(of(Rates.First.class, 1));

        assertThat(run(of(Rates.Said.class, 1)).executed()).isEqualTo(1);
        assertThat(((JobStatus.Done) lab.status("trial.rate")).metrics()).containsEntry("rate", 0.75);
        Config<Rates.Said> asBefore = Config.builder(Rates.Said.class)
                .set("seed", 1)
                .set("rate", 0.4)
                .set("limit", java.util.Optional.empty())
                .build();
        assertThat(run(asBefore).doneBefore()).isEqualTo(1);
        assertThat(((JobStatus.Done) lab.status("trial.rate")).metrics()).containsEntry("rate", 0.4);
        assertThat(run(of(Rates.Said.class, 1)).doneBefore()).isEqualTo(1);
    }

    @Test
    void submit_parametersWereAddedAndRemovedAndHaveOtherTypes_findsTheJob() throws Exception {
        run(of(Rates.First.class, 1));
        assertThat(run(of(Rates.Grown.class, 1)).doneBefore()).isEqualTo(1);
        forgetDigests();
        assertThat(run(of(Rates.Grown.class, 1)).doneBefore()).isEqualTo(1);
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
        assertThat(run(same).doneBefore()).isEqualTo(1);
    }

    @Test
    void submit_jobFromBefore_comparesItsValues() throws Exception {
        run(of(Rates.First.class, 1));
        assertThat(((JobStatus.Done) lab.status("trial.rate")).defaults()).matches("[0-9a-f]{32}");
        forgetDigests();

        assertThat(((JobStatus.Done) lab.status("trial.rate")).defaults()).isNull();
        assertThat(run(of(Rates.First.class, 1)).doneBefore()).isEqualTo(1);
        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, 1)).hasMessageContaining("was = \"0.4\"");
    }

    @Test
    void submit_jobThatFailedOrRunsWithAnotherDefault_isRefused() throws Exception {
        run(of(Rates.First.class, -1));
        assertThat(lab.status("trial.rate").state()).isEqualTo(JobState.FAILED);
        assertRefused(RunMode.NORMAL, of(Rates.Changed.class, -1)).hasMessageContaining("(failed) with other values");

        lab.control().hold("held");
        CompletableFuture<RunResult> running = lab.start(plan(held(Rates.FirstHeld.class)));
        Poll.until(
                "it runs",
                () -> lab.find("trial.held")
                        .filter(job -> job.status().state() == JobState.RUNNING)
                        .isPresent());
        assertRefused(RunMode.NORMAL, held(Rates.ChangedHeld.class))
                .hasMessageContaining("(running) with other values");
        lab.control().release("held");
        assertThat(running.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void submit_parametersAreDamaged_runsAJobThatIsNotDone_andRefusesOneOfBeforeThatIs() throws Exception {
        run(of(Rates.First.class, -1));
        Files.writeString(lab.job("trial.rate").parametersFile(), "{");
        assertThat(run(of(Rates.First.class, -1)).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.status().lastAttempt()).hasValue(2));

        run(of(Rates.First.class, 1));
        Files.writeString(lab.job("trial.rate").parametersFile(), "{");
        assertThat(run(of(Rates.First.class, 1)).doneBefore()).isEqualTo(1);
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(of(Rates.Changed.class, 1));
            xp.submit(lab.step("another"));
        });
        assertThat(result.executed()).isEqualTo(1);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.status().state()).isEqualTo(JobState.CORRUPT);
            assertThat(failure.status().message())
                    .contains("Cannot tell whether the defaults of the job trial.rate/")
                    .contains("or move the job's folder away to run the job again");
        });
    }

    @Test
    void run_anotherPlanRunsTheJobWithAnotherDefaultMeanwhile_isNotTakenForThisOne() throws Exception {
        Lab other = new Lab(folder);
        lab.slots(1);
        lab.control().hold("gate");
        CompletableFuture<RunResult> waiting = lab.start(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(lab.step("gate"));
                xp.submit(held(Rates.ChangedHeld.class));
            }
        });
        lab.control().awaitExecution("gate");
        assertThat(other.run(plan(held(Rates.FirstHeld.class))).executed()).isEqualTo(1);
        lab.control().release("gate");

        RunResult result = waiting.get();
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().get(0).status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(result.failures().get(0).status().message()).contains("was 0.4 and is 0.75 now");
    }

    @Test
    void submit_defaultInsideADefaultConfigurationHasChanged_isRefused() throws Exception {
        run(Config.builder(Rates.FirstWhole.class).build());
        assertRefused(RunMode.NORMAL, Config.builder(Rates.ChangedWhole.class).build())
                .hasMessageContaining("the default of width of trial.part was 2 and is 4 now");
        forgetDigests();
        assertRefused(RunMode.NORMAL, Config.builder(Rates.ChangedWhole.class).build())
                .hasMessageContaining("the default of width of trial.part was 2 and is 4 now");
    }

    @Test
    void submit_defaultConfigurationHasChanged_isRefused() throws Exception {
        run(Config.builder(Rates.FirstWhole.class).build());
        String first = Config.builder(Rates.FirstPart.class).build().id().toString();
        for (int look = 0; look < 2; look++) {
            assertRefused(RunMode.NORMAL, Config.builder(Rates.OtherWhole.class).build())
                    .hasMessageContaining("the default of part of trial.whole was \"trial.part/" + first)
                    .hasMessageContaining("add was = \"…\" to its @DefaultFrom");
            forgetDigests();
        }
    }

    @Test
    void submit_whatTheJobUsesWasMadeWithAnotherDefault_isRefused() throws Exception {
        lab.run(uses(of(Rates.First.class, 1), Rates.FirstUse.class));
        Path producer = lab.job("trial.rate").path();
        Files.move(producer, folder.resolve("gone"));

        assertThatThrownBy(() -> lab.run(uses(of(Rates.Changed.class, 1), Rates.ChangedUse.class)))
                .hasMessageContaining("Cannot submit trial.use/")
                .hasMessageContaining("the default of rate of trial.rate was 0.4 and is 0.75 now");
    }

    @Test
    void dryRunAndGenerate_defaultsHaveChanged_tellAllOfThem() throws Exception {
        lab.run(plan(of(Rates.First.class, 1), of(Rates.First.class, 2)));
        run(Config.builder(Rates.FirstWhole.class).build());
        for (RunMode mode : List.of(RunMode.DRY_RUN, RunMode.GENERATE)) {
            assertThatThrownBy(() -> lab.run(mode, new ExperimentPlan<>() {
                        @Override
                        public void run(Experiment xp, String settings) {
                            xp.submit(of(Rates.Changed.class, 1));
                            xp.submit(of(Rates.Changed.class, 2));
                            xp.submit(Config.builder(Rates.OtherWhole.class).build());
                        }
                    }))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Defaults have changed since jobs of this plan were run:\n"
                            + "  the default of limit of trial.rate was absent and is 3 now")
                    .hasMessageContaining("(2 jobs, first trial.rate/")
                    .hasMessageContaining("the default of rate of trial.rate was 0.4")
                    .hasMessageContaining("the default of part of trial.whole was")
                    .hasMessageContaining(" at Lab.java:");
        }
    }

    @Test
    void run_relativeDefaultPath_startsFromThePlansFolder() throws Exception {
        for (String name : List.of("one", "three")) {
            Path plan = folder.resolve(name);
            Files.createDirectories(plan.resolve("data"));
            Files.writeString(plan.resolve("data/corpus.txt"), name);
            System.setProperty(PlanFolder.PROPERTY, plan.toString());

            RunResult result = lab.run(new ExperimentPlan<>() {
                @Override
                public void run(Experiment xp, String settings) {
                    xp.submit(Config.builder(Rates.Reader.class).build());
                    xp.submit(Config.builder(Rates.SourceReader.class).build());
                }
            });

            assertThat(result.failures()).isEmpty();
            assertThat(result.executed()).isEqualTo(2);
            for (String type : List.of("trial.reader", "trial.source-reader")) {
                assertThat(((JobStatus.Done) lab.status(type)).metrics())
                        .containsEntry("length", (double) name.length());
                assertThat(lab.job(type).parametersFile())
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
        assertThatThrownBy(() -> Config.builder(Rates.BookReader.class).build())
                .hasMessageContaining("Cannot identify " + book + " by its content: there is no such file");
        Files.writeString(book, "call me");

        assertThat(run(Config.builder(Rates.BookReader.class).build()).failures())
                .isEmpty();
        assertThat(((JobStatus.Done) lab.status("trial.book-reader")).metrics()).containsEntry("length", 7.0);
    }

    @Test
    void dryRun_jobWithAnotherDefault_givesItsMetricsToNoReport() throws Exception {
        run(of(Rates.First.class, 1));
        List<JobReport> reports = new ArrayList<>();
        assertThatThrownBy(() -> lab.run(RunMode.DRY_RUN, new ExperimentPlan<>() {
                    @Override
                    public void run(Experiment xp, String settings) throws InterruptedException {
                        reports.add(xp.report(xp.submit(of(Rates.Changed.class, 1))));
                    }
                }))
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

    private <T> Config<T> held(Class<T> type) {
        return Config.builder(type).set("control", lab.control().folder()).build();
    }

    private <R> RunResult run(Config<? extends Task<R>> task) throws InterruptedException {
        return lab.run(plan(task));
    }

    private <R> AbstractThrowableAssert<?, ?> assertRefused(RunMode mode, Config<? extends Task<R>> task) {
        return assertThatThrownBy(() -> lab.run(mode, plan(task))).isInstanceOf(ConfigException.class);
    }

    private <R> void assertRefusedDetached(Config<? extends Task<R>> task) {
        assertThatThrownBy(() -> lab.detach(plan(task))).isInstanceOf(ConfigException.class);
    }

    @SafeVarargs
    private static <R> ExperimentPlan<String> plan(Config<? extends Task<R>>... tasks) {
        return new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                for (Config<? extends Task<R>> task : tasks) {
                    xp.submit(task);
                }
            }
        };
    }

    private static <R, U> ExperimentPlan<String> uses(Config<? extends Task<R>> maker, Class<? extends Task<U>> user) {
        return new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(Config.builder(user).set("made", xp.submit(maker)).build());
            }
        };
    }

    /** Makes the jobs those of a version that stored no defaults. */
    private void forgetDigests() throws IOException {
        for (String name : List.of("trial.rate", "trial.whole")) {
            JobFolder job = lab.find(name).orElse(null);
            if (job != null) {
                Path done = job.parametersFile().resolveSibling("done.json");
                Files.writeString(done, Files.readString(done).replace("\"defaults\"", "\"other\""));
                String stored = Files.readString(job.parametersFile());
                Files.writeString(job.parametersFile(), stored.replace("\"defaults\"", "\"other\""));
            }
        }
    }
}
