package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Outcome;
import org.experimaestro.Preparable;
import org.experimaestro.PrepareContext;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.base.file.Folders;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Corpus;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Reads;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.PreparedConfig;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prepare steps of configurations. */
@Timeout(120)
final class PrepareStepsTest extends LabFixture {
    private final List<String> news = new CopyOnWriteArrayList<>();

    private Config<Corpus> corpus(String name) {
        return Corpus.of(lab.control(), name);
    }

    @SafeVarargs
    private Config<Reads> reads(String name, Config<Corpus>... corpora) {
        return Reads.of(lab.control(), name, corpora);
    }

    private Lab listened() {
        return lab.withoutProcesses()
                .listening(recorder -> listener(recorder, told -> {
                    if (told.phase().isFinal() || told.phase() == Phase.WAITING) {
                        String type = told.configuration()
                                .substring(0, told.configuration().indexOf('/'));
                        news.add(type + " " + told.phase() + (told.problem().isEmpty() ? "" : " " + told.problem()));
                    } else if (told.fraction() > 0) {
                        news.add(told.fraction() + " " + told.description());
                    }
                }));
    }

    /** A listener that hands all on, and gives the news of prepare steps to somebody else as well. */
    private static RunListener listener(RunListener recorder, Consumer<PrepareNews> news) {
        return (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length == 1 && arguments[0] instanceof PrepareNews told) {
                        news.accept(told);
                    }
                    return method.invoke(recorder, arguments);
                });
    }

    private List<String> executions() {
        return lab.control().executions();
    }

    @Test
    void run_severalJobsWithOneConfiguration_isPreparedOnceBeforeThem() throws Exception {
        lab.control().hold("prepare-a");
        listened();
        Config<Corpus> a = corpus("a");
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> one = xp.submit(reads("one", a));
            xp.submit(reads("two", a, corpus("b")));
            xp.submit(lab.step("free", one));
        };
        CompletableFuture<RunResult> run = lab.start(plan);
        lab.control().awaitExecution("prepare-a");
        Poll.until("the other one is prepared", () -> executions().contains("fill-b"));
        assertThat(lab.recorder().changes()).doesNotContain("trial.reads READY");
        lab.control().release("prepare-a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(executions())
                .containsExactlyInAnyOrder("prepare-a", "fill-a", "prepare-b", "fill-b", "one", "two", "free");
        assertThat(news).contains("0.5 half", "trial.corpus DONE");
        assertThat(prepared()).extracting(PreparedConfig::state).containsExactly("done", "done");

        // All jobs are done, so nothing is prepared; for another job, the folder is there.
        assertThat(lab.run(plan).doneBefore()).isEqualTo(3);
        RunResult another = lab.run((xp, settings) -> xp.submit(reads("three", a)));
        assertThat(another.executed()).isOne();
        assertThat(executions()).endsWith("prepare-a", "three").hasSize(9);
        assertThat(a.id()).isEqualTo(corpus("a").id());
    }

    private List<PreparedConfig> prepared() throws IOException {
        try (Stream<Path> runs = Files.list(lab.workspace().resolve("experiments/trial/runs"))) {
            String last = runs.map(run -> run.getFileName().toString()).sorted().reduce("", (first, next) -> next);
            RunFolder run = Workspace.view(lab.workspace()).experiment("trial").run(last);
            Object stored = run.description().orElseThrow().raw(PreparedConfig.MEMBER);
            return PreparedConfig.of(Map.of(PreparedConfig.MEMBER, Objects.requireNonNull(stored)));
        }
    }

    @Test
    void run_stepFails_skipsItsJobsWithItsReason_andTheOthersGoOn() throws Exception {
        lab.control().fail("prepare-a");
        listened();
        RunResult failed = lab.run((xp, settings) -> {
            Config<Written> one = xp.submit(reads("one", corpus("a")));
            xp.submit(lab.step("behind", one));
            xp.submit(reads("two", corpus("b")));
        });

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.executed()).isOne();
        assertThat(failed.skipped()).hasSize(2);
        assertThat(news).contains("trial.corpus FAILED java.lang.IllegalStateException: prepare-a was told to fail");
        assertThat(prepared())
                .filteredOn(config -> config.state().equals("failed"))
                .singleElement()
                .satisfies(config -> assertThat(config.message()).contains("told to fail"));
        assertThat(Files.readString(journal()))
                .contains("since the preparation of trial.corpus/" + corpus("a").id() + " failed")
                .contains("told to fail");

        lab.control().mend("prepare-a");
        assertThat(lab.run((xp, settings) -> xp.submit(reads("one", corpus("a"))))
                        .executed())
                .isOne();
    }

    private Path journal() throws IOException {
        try (Stream<Path> runs = Files.list(lab.workspace().resolve("experiments/trial/runs"))) {
            return runs.sorted().findFirst().orElseThrow().resolve("events.jsonl");
        }
    }

    @Test
    void run_containsAnOutput_isPreparedAfterItsJob() throws Exception {
        listened();
        RunResult run = lab.run((xp, settings) -> {
            Config<Written> made = xp.submit(lab.step("made"));
            xp.submit(reads("one", Corpus.of(lab.control(), "a", made)));
        });

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(executions()).containsExactly("made", "prepare-a", "fill-a", "one");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void detach_preparesBeforeItSubmits_andRefusesWhatNeedsAJob() throws Exception {
        TestBatchSystem system = TestBatchSystem.create(folder.toString(), 4).dependencies();
        system.hold();
        lab.launchers(TestLaunchers.finder(TestLaunchers.definition("farm", folder.toString())));
        assertThat(lab.detach((xp, settings) -> xp.submit(reads("one", corpus("a"))))
                        .outcome())
                .isEqualTo(Outcome.SUBMITTED);
        assertThat(executions()).containsExactly("prepare-a", "fill-a");
        assertThat(system.jobIds()).hasSize(1);

        assertThatThrownBy(() -> lab.detach((xp, settings) ->
                        xp.submit(reads("two", Corpus.of(lab.control(), "b", xp.submit(lab.step("made")))))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for which a detached run does not wait")
                .hasMessageContaining("run without --detach");
        assertThat(system.jobIds()).hasSize(1);
    }

    @Test
    void prepareMode_runsOnlySteps_andTellsOfThoseThatCannotRunYet() throws Exception {
        listened();
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> made = xp.submit(lab.step("made"));
            xp.submit(reads("one", corpus("a")));
            xp.submit(reads("two", corpus("a"), Corpus.of(lab.control(), "b", made)));
        };
        assertThat(lab.run(RunMode.PREPARE, plan).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(executions()).containsExactly("prepare-a", "fill-a");
        assertThat(news)
                .contains(
                        "trial.corpus DONE",
                        "trial.corpus SKIPPED it contains an output of trial.step/"
                                + lab.step("made").id() + ", which is not done");
        assertThat(lab.workspace().resolve("experiments")).doesNotExist();

        lab.control().fail("prepare-a");
        assertThat(lab.run(RunMode.PREPARE, plan).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void dryRun_namesWhatWouldBePrepared_andWritesNothing() throws Exception {
        listened();
        lab.run(RunMode.DRY_RUN, (xp, settings) -> {
            xp.submit(reads("one", corpus("a")));
            xp.submit(reads("two", corpus("a")));
        });

        assertThat(news).containsExactly("trial.corpus WAITING");
        assertThat(executions()).isEmpty();
        assertThat(lab.workspace()).doesNotExist();
    }

    @Test
    void twoRunsAtOnce_prepareOneAfterTheOther() throws Exception {
        lab.control().hold("prepare-a");
        lab.withoutProcesses();
        CompletableFuture<RunResult> one = lab.start((xp, settings) -> xp.submit(reads("one", corpus("a"))));
        CompletableFuture<RunResult> two = lab.start((xp, settings) -> xp.submit(reads("two", corpus("a"))));
        lab.control().awaitExecution("prepare-a");
        Poll.until("the other one waits", () -> waiting() == 2);
        assertThat(executions()).containsExactly("prepare-a");
        lab.control().release("prepare-a");

        assertThat(one.get().executed() + two.get().executed()).isEqualTo(2);
        assertThat(executions()).filteredOn("fill-a"::equals).hasSize(1);
    }

    /** Returns how many runs hold the token of the corpus, or wait for it. */
    private long waiting() {
        try (Stream<Path> states = Files.list(lab.workspace().resolve("tokens"))) {
            Path last = states.filter(file -> file.getFileName().toString().startsWith("state-"))
                    .reduce((first, next) -> number(first) < number(next) ? next : first)
                    .orElseThrow();
            String token = "computed/trial.corpus/" + corpus("a").id() + "\"";
            return Files.readString(last).split(token, -1).length - 1;
        } catch (IOException changing) {
            return 0;
        }
    }

    private static long number(Path state) {
        return Long.parseLong(state.getFileName().toString().replaceAll("\\D", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare-reads", "fill-reads"})
    @EnabledOnOs(OS.LINUX)
    void processIsKilled_nothingHalfMadeIsFound_andTheNextRunPrepares(String moment) throws Exception {
        lab.control().hold(moment);
        try (Driver driver = Driver.start(lab, "reads")) {
            lab.control().awaitExecution(moment);
            driver.kill();
        }
        lab.control().release(moment);
        try (Driver driver = Driver.start(lab, "reads")) {
            assertThat(driver.exitCode()).isZero();
        }
        assertThat(executions()).endsWith("prepare-reads", "fill-reads", "reads");
        assertThat(computed()).containsExactly("text");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void controlC_interruptsTheStep() throws Exception {
        lab.control().hold("fill-reads");
        try (Driver driver = Driver.start(lab, "reads")) {
            lab.control().awaitExecution("fill-reads");
            driver.interrupt();
            assertThat(driver.exitCode()).isEqualTo(128 + 2);
        }
        assertThat(computed()).isEmpty();
        assertThat(executions()).doesNotContain("reads");
    }

    private List<String> computed() throws IOException {
        Path folder = lab.workspace()
                .resolve("computed/trial.corpus/" + corpus("reads").id());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A task with a step and a path in its job's folder, which is not there yet. */
    @ConfigType("trial.unprepared")
    record Unprepared(@GeneratedPath("out") Path out) implements Preparable, SelfTask<Unprepared> {
        @Override
        public void prepare(PrepareContext context) {}

        @Override
        public void execute(TaskContext context) {}
    }

    @Test
    void submit_stepOfAConfigurationWithGeneratedPaths_isRefused() {
        assertThatThrownBy(() -> lab.withoutProcesses()
                        .run((xp, settings) ->
                                xp.submit(Config.builder(Unprepared.class).build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its parameter out is a path in the folder of a job")
                .hasMessageContaining("put the step into a configuration without generated paths");
    }

    @Test
    void run_equalConfigurationsOfOtherJobs_areStepsOfTheirOwn() throws Exception {
        Path local = Files.writeString(folder.resolve("local"), "text");
        Config<Written> written = Config.builder(Written.class)
                .set("by", "local")
                .set("file", local)
                .build();
        Config<Corpus> ofLocal = Corpus.of(lab.control(), "a", written.asMeta());
        listened();
        RunResult run = lab.run((xp, settings) -> {
            Config<Corpus> ofJob = Corpus.of(
                    lab.control(), "a", xp.submitOnDemand(lab.step("made")).asMeta());
            assertThat(ofJob.id()).isEqualTo(ofLocal.id());
            xp.submitOnDemand(reads("one", ofJob));
            xp.submit(reads("two", ofLocal));
        });

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(executions()).containsExactly("prepare-a", "fill-a", "two");
    }

    /** An output with a part that has a step. */
    @ConfigType("trial.shelf")
    record Shelf(Corpus corpus) implements Configurable {}

    /** Makes such an output. */
    @ConfigType("trial.stores")
    record Stores(Corpus corpus) implements Task<Shelf> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public Shelf outputs(Dependency dep) {
            return dep.on(new Shelf(corpus));
        }
    }

    /** Uses such an output. */
    @ConfigType("trial.browses")
    record Browses(Shelf shelf) implements SelfTask<Browses> {
        @Override
        public void execute(TaskContext context) {}
    }

    private Config<Shelf> shelf(Experiment xp) {
        Config<Corpus> corpus = Corpus.of(lab.control(), "a", xp.submitOnDemand(lab.step("made")));
        return xp.submit(Config.builder(Stores.class).set("corpus", corpus).build());
    }

    @Test
    void run_stepNeedsAJobOnDemandThatOnlyTheStepUses_runsIt() throws Exception {
        listened();
        assertThat(lab.run((xp, settings) -> shelf(xp)).executed()).isEqualTo(2);
        Folders.delete(lab.job("made").path());

        RunResult again = lab.run((xp, settings) ->
                xp.submit(Config.builder(Browses.class).set("shelf", shelf(xp)).build()));
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(again.executed()).isEqualTo(2);
        assertThat(executions()).containsExactly("made", "prepare-a", "fill-a", "made", "prepare-a");
    }

    @Test
    void detach_stepThatCannotBeDoneOfAJobThatIsNotNeeded_isNotRefused() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) ->
                xp.submitOnDemand(reads("one", Corpus.of(lab.control(), "a", xp.submitOnDemand(lab.step("made")))));

        assertThat(lab.detach(plan).account().count(JobCount.NOT_NEEDED)).isEqualTo(2);
    }
}
