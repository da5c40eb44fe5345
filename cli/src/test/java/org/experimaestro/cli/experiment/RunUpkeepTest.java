package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.PlanFolder;
import org.experimaestro.cli.TempHome;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run uses, backs up and moves results by the rules of its workspace, and cleans old runs. */
@ExtendWith(TempHome.class)
class RunUpkeepTest {
    private static final String PLAN = """
            class P implements ExperimentPlan<P.S> {
              record S(int base) {}
              @ConfigType("k.first") record First(int base, @GeneratedPath("out.txt") Path out)
                  implements SelfTask<First> {
                public void execute(TaskContext context) throws Exception { Files.writeString(out, "" + base); }
              }
              public void run(Experiment xp, S s) {
                xp.submit(P_FirstBuilder.first().base(s.base()).build());
              }
            }
            """;

    @TempDir
    private Path place;

    @Test
    void run_workspaceWithRules_usesBacksUpMovesAndCleans() throws IOException {
        PlanFolder plan = new PlanFolder(place).source(PLAN).settings("base: 1\n");
        assertThat(plan.run().text()).contains("1 job: 1 executed");
        Path other = Files.createDirectories(place.resolve("other"));
        Path archive = place.resolve("archive");
        Path large = Files.createDirectories(place.resolve("large"));
        Files.writeString(
                other.resolve("settings.yaml"),
                "folders:\n- use: ../workspace\n- backup: ../archive\n- {move: ../large, where: 'type=k.first'}\n"
                        + "- {backup: ../wrong, where: 'and and'}\nhistory: {done: 1}\n");

        var used = plan.runWithoutWorkdir("--workdir", other.toString());
        assertThat(used.exitCode()).as(used.text()).isZero();
        assertThat(used.text())
                .contains("1 job: 0 executed, 1 done before.", "Cannot back up to " + archive + ": there is no such")
                .contains("settings.yaml", "the rule for " + place.resolve("wrong") + " is left out");
        assertThat(list(other)).contains("files elsewhere, in " + plan.workspace());

        // A link of before that leads nowhere hides no result.
        JobFolder job = Workspace.view(other).jobs("k.first").getFirst();
        Files.delete(job.path());
        Files.createSymbolicLink(job.path(), place.resolve("gone/jobs").resolve(job.name()));
        assertThat(plan.runWithoutWorkdir("--workdir", other.toString()).text())
                .contains("1 job: 0 executed, 1 done before.");
        assertThat(list(other)).contains("files elsewhere, in " + plan.workspace());

        Files.createDirectories(archive);
        plan.settings("base: 2\n");
        var made = plan.runWithoutWorkdir("--workdir", other.toString());
        assertThat(made.text())
                .contains("1 job: 1 executed", "Backup to " + archive + ": 2 jobs copied")
                .contains("Move to " + large + ": 1 job copied", "1 job moved", "History: 1 old run is in the trash");
        assertThat(list(other)).contains("files elsewhere, in " + large);
        assertThat(Workspace.view(other).experiment("debug").runs()).hasSize(1);

        var again = plan.runWithoutWorkdir("--workdir", other.toString());
        assertThat(again.text()).contains("1 job: 0 executed, 1 done before.").doesNotContain("Move to");
        assertThat(CommandLineRun.of("workspaces", "sync", "--dry-run", "--workdir", other.toString())
                        .text())
                .contains("Backup to " + archive + ": 0 jobs to be copied (0 B), 2 jobs there already");
    }

    private static String list(Path workspace) {
        return CommandLineRun.of("jobs", "list", "--workdir", workspace.toString())
                .text();
    }
}
