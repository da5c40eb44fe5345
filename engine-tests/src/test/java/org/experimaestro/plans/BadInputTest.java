package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.WorkspaceException;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mistakes in plans and files. Each error names the mistake, and no result is lost. */
@Timeout(120)
@Tag("thorough")
final class BadInputTest extends PlanFixture {
    @Test
    void submit_twoClassesWithOneTypeId_namesBoth() {
        assertThatThrownBy(() -> run((xp, settings) -> {
                    xp.submit(of(Twins.First.class));
                    xp.submit(of(Twins.Second.class));
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("trial.twin", "Twins$First", "Twins$Second", "@ConfigType");
    }

    @Test
    void submit_typeIdsThatDifferByCase_namesBoth() {
        assertThatThrownBy(() -> run((xp, settings) -> {
                    xp.submit(of(Twins.First.class));
                    xp.submit(of(Twins.Third.class));
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("trial.twin", "trial.Twin", "differ only by case");
    }

    /** It could be written, and its process could not read it. */
    @ParameterizedTest
    @EnumSource(RunMode.class)
    void submit_parametersThatNoJobReads_areRefusedWithTheirName(RunMode mode) {
        String twoBytesEach = "é".repeat(33 << 20);

        assertThatThrownBy(() -> run(mode, (xp, settings) -> xp.submit(step(twoBytesEach))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Cannot store trial.step", ".parameters.name", "67108863 bytes");
        assertThat(workspace().resolve("jobs/trial.step")).doesNotExist();
    }

    /** A hook has added them: whatever is written is checked where it is. */
    @Test
    void submit_launcherWithImpossibleVariables_namesAllOfThem() {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder();
        Map.of("A B", "x", "C", "\0", "D", "two\nlines").forEach(placement::env);
        LauncherFinder hook = new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return placement.build();
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> runner((xp, settings) -> xp.submit(step("a")))
                        .launchers(hook)
                        .run("settings"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("\"A B\" cannot be the name of a variable; the value of the variable C has")
                .hasMessageContaining("hook");
    }

    @Test
    void submit_whatASubmissionReturned_isAnErrorWithItsLine() {
        assertThatThrownBy(() -> run((xp, settings) -> xp.submit(xp.submit(peek(folder)))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("BadInputTest.java:", "again");
    }

    @Test
    void submit_pathOfAJobThatNobodyRuns_namesItAndTheLine() {
        assertThatThrownBy(() -> run((xp, settings) -> xp.submit(peek(output("a")))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "BadInputTest.java:", "trial.step/" + step("a").id(), "parameter file", "submit that task");
    }

    @Test
    void submit_pathOfAJobOfThisRun_waitsForIt_andIsAcceptedOnceThatIsDone() throws Exception {
        PlanRun first = run((xp, settings) -> {
            xp.submit(step("a"));
            xp.submit(peek(output("a")));
        });
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        assertThat(names(first.executed())).containsExactly("a", "trial.peek");

        PlanRun second = run((xp, settings) -> xp.submit(peek(output("a"))));
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.submissions()).hasSize(1);
        assertThat(recordedDependencies()).containsExactly(job(step("a")).name());
    }

    @Test
    void run_unreadableDoneMarker_reportsThatJobAndGoesOn() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Step.Written> broken = xp.submit(step("broken"));
            xp.submit(step("after", broken));
            xp.submit(step("good"));
        };
        Path marker = internal(step("broken")).resolve("done.json");
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, "{\"format\": 2, \"atte");
        PlanRun result = run(plan);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.report().jobs())
                .extracting(JobReport::state)
                .containsExactly("unreadable", "skipped", "done");
        assertThat(result.report().jobs().getFirst().reason().orElseThrow()).contains(marker.toString());
        assertThat(status(step("broken")).state()).isEqualTo(JobState.CORRUPT);
        assertThat(names(result.executed())).containsExactly("good");
        assertThat(marker).content().startsWith("{\"format\"");
    }

    @Test
    void run_unreadableAttempt_reportsThatJobAndGoesOn() throws Exception {
        Path attempt = internal(step("broken")).resolve("attempt-1.json");
        Files.createDirectories(attempt.getParent());
        Files.writeString(attempt, "");
        PlanRun result = run((xp, settings) -> {
            xp.submit(step("broken"));
            xp.submit(step("good"));
        });

        assertThat(result.report().jobs()).extracting(JobReport::state).containsExactly("unreadable", "done");
        assertThat(status(step("broken")).state()).isEqualTo(JobState.CORRUPT);
        assertThat(names(result.executed())).containsExactly("good");
    }

    @Test
    void run_unreadableParameters_areWrittenAgain() throws Exception {
        Path parameters = internal(step("a")).resolve("params.json");
        Files.createDirectories(parameters.getParent());
        Files.writeString(parameters, "{");

        assertThat(run((xp, settings) -> xp.submit(step("a"))).outcome()).isEqualTo(Outcome.DONE);
        assertThat(parameters).content().contains("trial.step");
    }

    @Test
    void run_aFileInThePlaceOfAJobsFolder_reportsThatJobAndGoesOn() throws Exception {
        Path jobs = workspace().resolve("jobs");
        Files.createDirectories(jobs);
        Files.writeString(jobs.resolve("trial.peek"), "");
        PlanRun result = run((xp, settings) -> {
            xp.submit(step("a"));
            xp.submit(peek(output("a")));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.report().jobs().get(1).reason().orElseThrow())
                .contains(jobs.resolve("trial.peek").toString());
        assertThat(names(result.executed())).containsExactly("a");
    }

    @Test
    void run_aFileInThePlaceOfTheWorkspace_saysSoAndHowToChooseAnother() throws Exception {
        Files.writeString(workspace(), "");

        assertThatThrownBy(() -> run((xp, settings) -> {}))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContainingAll("Cannot use the workspace", workspace().toString(), "--workdir");
        assertThat(workspace()).isRegularFile();
    }

    @Test
    void run_aFileInThePlaceOfTheExperiments_saysSo() throws Exception {
        Files.createDirectories(workspace());
        Files.writeString(workspace().resolve("experiments"), "");

        assertThatThrownBy(() -> run((xp, settings) -> {}))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContainingAll("experiments");
    }

    /**
     * Reads a file that is given as a plain path.
     *
     * @param file the file
     */
    @ConfigType("trial.peek")
    record Peek(Path file) implements SelfTask<Peek> {
        @Override
        public void execute(TaskContext context) throws IOException {
            context.metric("length", Files.readString(file).length());
        }
    }

    private static Config<Peek> peek(Path file) {
        return Config.builder(Peek.class).set("file", file).build();
    }

    private Path output(String step) {
        return job(step(step)).path().resolve("out.txt");
    }

    private Path internal(Config<Step> step) {
        return job(step).path().resolve(JobFolder.INTERNAL);
    }

    /** The dependencies of the only job of the last run, as stored. */
    private List<String> recordedDependencies() {
        List<RunFolder.SubmittedJob> jobs = new ArrayList<>();
        Workspace.view(workspace()).experiment("trial").runs().getLast().readJobs(jobs::add);
        return jobs.getFirst().dependencies();
    }
}
