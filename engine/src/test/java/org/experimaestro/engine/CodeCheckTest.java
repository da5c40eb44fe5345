package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Sources;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that find jobs which are done and ran other code. */
@Tag("thorough")
class CodeCheckTest extends LabFixture {
    private Path classes;
    private Path library;
    private URLClassLoader loader;

    @BeforeEach
    void runOnce() throws Exception {
        classes = folder.resolve("classes");
        Sources.compileSay("old", 1, classes);
        library = Files.createDirectory(folder.resolve("library"));
        Files.writeString(library.resolve("data.txt"), "old");
        lab.classPath(List.of(classes, library, Lab.testClasses()));
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        loader.loadClass("rebuilt.Say"); // before the class file changes
        lab.run(plan());
    }

    @AfterEach
    void closeLoader() throws Exception {
        loader.close();
    }

    private ExperimentPlan<String> plan() {
        return (xp, settings) -> say(xp);
    }

    @SuppressWarnings("unchecked") // of a class that is compiled here
    private <T extends SelfTask<T>> Config<T> say(Experiment xp) throws Exception {
        Class<T> type = (Class<T>) loader.loadClass("rebuilt.Say");
        return xp.submit(Config.builder(type).set("inputs", List.of()).build());
    }

    @Test
    void run_theTaskHasChanged_saysSoOnceAndKeepsTheResult() throws Exception {
        Sources.compileSay("new", 1, classes);

        assertThat(lab.run(plan()).doneBefore()).isEqualTo(1);
        assertThat(lab.recorder().warnings())
                .containsExactly(
                        "1 job that is done ran other code of your project: rebuilt.Say has changed since; list"
                                + " such jobs with: experimaestro jobs list --stale");
        assertThat(lab.job("rebuilt.say").path().resolve("said.txt")).hasContent("old");
        // Those who list the jobs compare them with the code of this run, though it ran none.
        Workspace workspace = Workspace.view(lab.workspace());
        RunFolder last = workspace.experiment("trial").runs().getLast();
        assertThat(last.description().orElseThrow().list("classPath"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(workspace.classPaths().find((String) name))
                        .hasValueSatisfying(copy -> assertThat(copy.place()).exists()));
        assertThat(change().classes()).containsExactly("rebuilt.Say");
    }

    @Test
    void run_onlyAnotherClassOfTheProjectHasChanged_saysNothing() throws Exception {
        Sources.compile("Plan", "package rebuilt; class Plan { }", classes);

        lab.run(plan());
        assertThat(lab.recorder().warnings()).isEmpty();
        assertThat(change().isNone()).isTrue();
    }

    @Test
    void run_aLibraryHasChanged_isToldByADryRunAlone() throws Exception {
        Files.writeString(library.resolve("data.txt"), "new");

        lab.run(plan());
        assertThat(lab.recorder().warnings()).isEmpty();
        assertThat(change().classes()).isEmpty();
        assertThat(change().jars()).containsExactly("library");
    }

    @Test
    void run_codeOfTheJobCannotBeRead_warnsAndGoesOn() throws Exception {
        Files.writeString(lab.job("rebuilt.say").classPathFile(), "../../../../elsewhere.jar\n");

        assertThat(lab.run(plan()).doneBefore()).isEqualTo(1);
        assertThat(lab.recorder().warnings())
                .singleElement()
                .asString()
                .startsWith("Cannot tell whether the code of jobs that are done has changed: ")
                .contains("leads out of the workspace");
    }

    /** What a dry run says of the job. */
    private CodeChange change() throws Exception {
        lab.run(RunMode.DRY_RUN, plan());
        return lab.recorder().submitted().get(0).code();
    }
}
