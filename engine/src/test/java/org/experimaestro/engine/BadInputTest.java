package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.WorkspaceException;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Misfits;
import org.experimaestro.trial.Sources;
import org.experimaestro.trial.Step;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is told, and loses nothing. */
@Timeout(120)
final class BadInputTest extends LabFixture {
    @Test
    void submit_twoClassesWithOneTypeId_namesBoth() {
        assertThatThrownBy(() -> lab.run((xp, settings) -> Misfits.submitTwins(xp)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("trial.twin", "Twins$First", "Twins$Second", "@ConfigType");
    }

    @Test
    void submit_typeIdsThatDifferByCase_namesBoth() {
        assertThatThrownBy(() -> lab.run((xp, settings) -> Misfits.submitTwinsByCase(xp)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("trial.twin", "trial.Twin", "differ only by case");
    }

    @Test
    @SuppressWarnings("unchecked") // of a class that is compiled here
    <T extends SelfTask<T>> void submit_typeIdTwiceOnTheClassPath_namesClassesAndPlaces() throws Exception {
        Path classes = folder.resolve("classes");
        Sources.compileSay("x", 1, classes);
        Path other = folder.resolve("other/META-INF/experimaestro/types");
        Files.createDirectories(other);
        Files.writeString(other.resolve("rebuilt.say.json"), "{\"class\": \"elsewhere.Say\"}");
        URL[] classPath = {
            classes.toUri().toURL(), folder.resolve("other").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classPath, getClass().getClassLoader())) {
            Class<T> type = (Class<T>) loader.loadClass("rebuilt.Say");
            assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(
                            Config.builder(type).set("inputs", List.of()).build())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("rebuilt.say", "elsewhere.Say", "rebuilt.Say", "other/META-INF");
        }
    }

    /** It could be written, and its process could not read it. */
    @ParameterizedTest
    @EnumSource(RunMode.class)
    void submit_parametersThatNoJobReads_areRefusedWithTheirName(RunMode mode) {
        String twoBytesEach = "é".repeat(33 << 20);

        assertThatThrownBy(() -> lab.run(mode, (xp, settings) -> xp.submit(lab.step(twoBytesEach))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Cannot store trial.step", ".parameters.name", "67108863 bytes");
        assertThat(lab.workspace().resolve("jobs/trial.step")).doesNotExist();
    }

    /** A hook has added them: whatever is written is checked where it is. */
    @Test
    void submit_launcherWithImpossibleVariables_namesAllOfThem() {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder();
        Map.of("A B", "x", "C", "\0", "D", "two\nlines").forEach(placement::env);
        lab.launchers(TestLaunchers.finder(placement.build()));
        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("a"))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("\"A B\" cannot be the name of a variable; the value of the variable C has")
                .hasMessageContaining("hook");
    }

    @Test
    void submit_whatASubmissionReturned_isAnErrorWithItsLine() {
        assertThatThrownBy(() -> lab.run((xp, settings) -> Misfits.submitOutput(lab, xp)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Misfits.java:", "again");
    }

    @Test
    void submit_pathOfAJobThatNobodyRuns_namesItAndTheLine() {
        assertThatThrownBy(() -> lab.run((xp, settings) -> Misfits.submitPeek(lab, xp)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "Misfits.java:", "trial.step/" + lab.step("a").id(), "parameter file", "submit that task");
    }

    @Test
    void submit_pathOfAJobOfThisRun_waitsForIt_andIsAcceptedOnceThatIsDone() throws Exception {
        RunResult first = lab.run((xp, settings) -> {
            xp.submit(lab.step("a"));
            Misfits.submitPeek(lab, xp);
        });
        assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "peek");

        RunResult second = lab.run((xp, settings) -> Misfits.submitPeek(lab, xp));
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.total()).isEqualTo(1);
        assertThat(lab.recorder().submitted().get(0).dependencies())
                .containsExactly(lab.job("a").name());
    }

    @Test
    void run_unreadableDoneMarker_reportsThatJobAndGoesOn() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            xp.submit(lab.step("after", xp.submit(lab.step("broken"))));
            xp.submit(lab.step("good"));
        };
        Path marker = internal(lab.step("broken")).resolve("done.json");
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, "{\"format\": 2, \"atte");
        RunResult result = lab.run(plan);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().get(0).status().state()).isEqualTo(JobState.CORRUPT);
        assertThat(result.failures().get(0).status().message()).contains(marker.toString());
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("after");
        assertThat(lab.control().executions()).containsExactly("good");
        assertThat(marker).content().startsWith("{\"format\"");
    }

    @Test
    void run_unreadableAttempt_reportsThatJobAndGoesOn() throws Exception {
        Path attempt = internal(lab.step("broken")).resolve("attempt-1.json");
        Files.createDirectories(attempt.getParent());
        Files.writeString(attempt, "");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("broken"));
            xp.submit(lab.step("good"));
        });

        assertThat(result.failures())
                .extracting(failure -> failure.status().state())
                .containsExactly(JobState.CORRUPT);
        assertThat(lab.control().executions()).containsExactly("good");
    }

    @Test
    void run_unreadableParameters_areWrittenAgain() throws Exception {
        Path parameters = internal(lab.step("a")).resolve("params.json");
        Files.createDirectories(parameters.getParent());
        Files.writeString(parameters, "{");

        assertThat(lab.run((xp, settings) -> xp.submit(lab.step("a"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(parameters).content().contains("trial.step");
    }

    @Test
    void run_aFileInThePlaceOfAJobsFolder_reportsThatJobAndGoesOn() throws Exception {
        Path jobs = lab.workspace().resolve("jobs");
        Files.createDirectories(jobs);
        Files.writeString(jobs.resolve("trial.peek"), "");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("a"));
            Misfits.submitPeek(lab, xp);
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures().get(0).status().message())
                .contains(jobs.resolve("trial.peek").toString());
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void run_aFileInThePlaceOfTheWorkspace_saysSoAndHowToChooseAnother() throws Exception {
        Files.writeString(lab.workspace(), "");

        assertThatThrownBy(() -> lab.run((xp, settings) -> {}))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContainingAll(
                        "Cannot use the workspace", lab.workspace().toString(), "--workdir");
        assertThat(lab.workspace()).isRegularFile();
    }

    @Test
    void run_aFileInThePlaceOfTheExperiments_saysSo() throws Exception {
        Files.createDirectories(lab.workspace());
        Files.writeString(lab.workspace().resolve("experiments"), "");

        assertThatThrownBy(() -> lab.run((xp, settings) -> {}))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContainingAll("experiments");
    }

    private Path internal(Config<Step> step) {
        return Workspace.view(lab.workspace())
                .job("trial.step", step.id())
                .path()
                .resolve(JobFolder.INTERNAL);
    }
}
