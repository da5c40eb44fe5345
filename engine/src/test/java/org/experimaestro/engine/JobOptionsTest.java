package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.experimaestro.Launcher;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Commands before jobs, their wrapper, options of their JVM, and their names, for processes of this machine and elsewhere. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class JobOptionsTest extends LabFixture {
    @Test
    void run_optionsOfExperimentAndPlan_surroundTheLocalJob() throws Exception {
        lab.launcherOption("before", "never run, because the plan has another");
        lab.launcherOption("wrapper", "env WRAPPED=yes");
        Launcher here = Launcher.local()
                .option("before", "echo \"in $(basename $(dirname $PWD))\" > before.txt")
                .option("jvm", "-Xlog:gc:file=gc.txt");
        lab.run((xp, settings) -> xp.submit(lab.step("a"), here));

        assertThat(lab.status("a").state()).isEqualTo(JobState.DONE);
        Path job = lab.find("a").orElseThrow().path();
        assertThat(job.resolve("before.txt")).hasContent("in trial.step\n");
        assertThat(job.resolve("gc.txt")).exists();
    }

    @Test
    void run_commandBeforeThatFails_isTheJobsFailure() throws Exception {
        Launcher here = Launcher.local().option("before", "echo no such module >&2; false");
        lab.run((xp, settings) -> xp.submit(lab.step("a"), here));

        assertThat(lab.status("a").state()).isEqualTo(JobState.FAILED);
        assertThat(lab.status("a").message()).contains("exit code 1: no such module");
        assertThat(lab.control().executions()).isEmpty();
    }

    @Test
    void submit_batchSystem_showsExperimentTypeAndIdentifier() throws Exception {
        TestBatchSystem system = TestBatchSystem.create(folder.toString(), 4);
        lab.launchers(TestLaunchers.finder(TestLaunchers.definition("farm", folder.toString())));
        lab.run((xp, settings) -> xp.submit(lab.step("a")));

        String id = lab.find("a").orElseThrow().id().toString().substring(0, 8);
        assertThat(system.names()).singleElement().asString().endsWith("-trial.step-" + id);
        assertThat(lab.find("a").orElseThrow().path().resolve(".experimaestro/handed-1.json"))
                .content()
                .contains("\"name\": \"" + system.names().getFirst() + "\"");
    }
}
