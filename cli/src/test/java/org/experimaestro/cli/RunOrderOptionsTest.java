package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code run-experiment} that choose jobs, and end the run after failures. */
@Tag("thorough")
@ExtendWith(TempHome.class)
class RunOrderOptionsTest {
    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place).source("""
                class P implements ExperimentPlan<P.S> {
                  record S(@Default("0") int broken) {}
                  @ConfigType("t.make") record Make(int k, boolean broken) implements SelfTask<Make> {
                    public void execute(TaskContext context) {
                      if (broken) throw new IllegalStateException("it is broken");
                    }
                  }
                  @ConfigType("t.read") record Read(Make made) implements SelfTask<Read> {
                    public void execute(TaskContext context) {}
                  }
                  public void run(Experiment xp, S s) {
                    for (int k = 1; k <= 3; k++) {
                      var made = xp.submit(P_MakeBuilder.make().k(Tags.tag(k)).broken(k == s.broken()).build());
                      xp.submit(P_ReadBuilder.read().made(made).build());
                    }
                  }
                }
                """).settings("");
    }

    @Test
    void only_filter_runsTheJobsAndWhatTheyNeed() {
        var dry = folder.run("--run-mode", "dry-run", "--only", "type=t.read and k=2");
        assertThat(dry.exitCode()).as(dry.text()).isZero();
        assertThat(dry.told())
                .containsPattern("t.make/[0-9a-f]+ {2}new, to run {2}k=2")
                .containsPattern("t.make/[0-9a-f]+ {2}k=1 {2}left out by --only type=t.read and k=2")
                .contains("6 jobs: 0 done, 4 left out, 2 to run. Nothing was written.");

        var run = folder.run("--only", "type=t.read and k=2");
        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.told()).contains("6 jobs: 2 executed, 0 done before; 4 left out.");

        var why =
                CommandLineRun.of("jobs", "why", "--workdir", folder.workspace().toString());
        assertThat(why.text()).contains("left out by --only type=t.read and k=2");

        var until = folder.run("--until", "type=t.make");
        assertThat(until.told()).contains("6 jobs: 2 executed, 2 done before; 2 left out.");
    }

    @Test
    void filter_ofWhatIsKnownLater_orOfANameThatNoJobHas_isTold() {
        var later = folder.run("--only", "state=failed");
        assertThat(later.exitCode()).isEqualTo(2);
        assertThat(later.text()).contains("Cannot use the filter:", "a job that is being submitted has no \"state\"");
        var unknown = folder.run("--only", "kk=2");
        assertThat(unknown.exitCode()).as(unknown.text()).isZero();
        assertThat(unknown.text())
                .contains("Warning: --only kk=2 selects none of the 6 jobs", "the tags are k", "6 left out");
    }

    @Test
    void failFast_othersAreNotStarted_andTheExitCodeIsThatOfAFailure() {
        var run = folder.run("-j", "1", "--fail-fast", "-c", "broken=1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.told())
                .containsPattern(
                        "stops    no more jobs are started because of --fail-fast: t.make/[0-9a-f]+  k=1 failed")
                .containsPattern("6 jobs: [0-9] executed, 0 done before; 1 FAILED, 1 skipped, [0-9] not started.");
        var both = folder.run("--fail-fast", "--max-failures", "2");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.text()).contains("--fail-fast is --max-failures 1: give one of them");
        assertThat(folder.run("--max-failures", "0").exitCode()).isEqualTo(2);
        assertThat(folder.run("--fail-fast", "--detach").text())
                .contains("--fail-fast counts jobs that end, which --detach does not wait for");
    }

    @Test
    void priorities_ofTheFile_orderTheJobs_andAWrongFilterHasItsPlace() {
        folder.settings("priorities: [{where: k=3, priority: 5}]\n");
        var run = folder.run("-j", "1");
        assertThat(run.exitCode()).as(run.text()).isZero();

        assertThat(run.text()).doesNotContain("Warning");

        folder.settings("""
                priorities:
                  - {where: 'k=1', priority: 5}
                  - {where: 'kk=3', priority: 5}
                  - {where: 'k=1', priority: 4}
                  - {where: 'k=7', priority: 4}
                """);
        var misspelled = folder.run();
        assertThat(misspelled.exitCode()).as(misspelled.text()).isZero();
        assertThat(misspelled.text())
                .contains("debug.yaml:", "The priority 5 counts for no job, because none is selected by \"kk=3\"")
                .containsOnlyOnce("counts for no job");

        folder.settings("priorities: [{where: state=new, priority: 5}]\n");
        var wrong = folder.run();
        assertThat(wrong.exitCode()).isNotZero();
        assertThat(wrong.text()).contains("debug.yaml:2", "a job that is being submitted has no \"state\"");
    }
}
