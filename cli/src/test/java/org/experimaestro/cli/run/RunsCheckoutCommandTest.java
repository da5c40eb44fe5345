package org.experimaestro.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.PlanFolder;
import org.experimaestro.cli.TempHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TempHome.class)
class RunsCheckoutCommandTest {
    private static final String PLAN = """
            class P implements ExperimentPlan<P.S> {
              record S(String release, double k1) {}
              @ConfigType("t.learn") record Learn(String release, double k1, int layers) implements SelfTask<Learn> {
                public void execute(TaskContext context) { context.metric("score", k1); }
              }
              public void run(Experiment xp, S s) {
                xp.submit(P_LearnBuilder.learn().release(s.release()).k1(s.k1()).layers(Layers.COUNT).build());
              }
            }
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new PlanFolder(place.toRealPath());
        folder.source(PLAN)
                .file("Layers.java", "class Layers { static final int COUNT = 3; }\n")
                .file("base.yaml", "release: \"1.10\"\nenv: {HF_TOKEN: abc123, MODE: fast}\n")
                .settings("imports: [base.yaml]\nk1: 0.5\n");
    }

    private void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.path().toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(words));
        assumeTrue(
                new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0,
                "Skipped: there is no git");
    }

    private void runDirtyAndChange() throws Exception {
        git("init", "-q");
        git("add", "-A");
        git("commit", "-q", "-m", "first");
        folder.file("Layers.java", "class Layers { static final int COUNT = 5; }\n")
                .file("notes.txt", "not known\n");
        var run = folder.run("-c", "k1=0.75");
        assertThat(run.exitCode()).as(run.text()).isZero();
        folder.file("Layers.java", "class Layers { static final int COUNT = 8; }\n")
                .settings("release: other\nk1: 0.1\n");
        git("commit", "-q", "-a", "-m", "second");
        Files.delete(folder.path().resolve("notes.txt"));
    }

    private CommandLineRun checkout(Path to, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "runs", "checkout", "debug", "--workdir", folder.workspace().toString(), "--to", to.toString()));
        words.addAll(List.of(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private static CommandLineRun dryRun(CommandLineRun checkout) {
        String line = checkout.text()
                .lines()
                .filter(each -> each.startsWith("Compare: experimaestro "))
                .findFirst()
                .orElseThrow();
        return CommandLineRun.of(
                line.substring("Compare: experimaestro ".length()).split(" "));
    }

    @Test
    void checkout_dirtyRepositoryThatHasChangedSince_givesTheSameIdentifiers() throws Exception {
        runDirtyAndChange();
        assertThat(folder.run("--run-mode", "dry-run").text()).contains("1 job: 0 done, 1 to run");
        List<String> before = PlanFolder.tree(folder.path());
        Path to = place.resolve("a folder").resolve("exact");

        var made = checkout(to);

        assertThat(made.exitCode()).as(made.text()).isZero();
        assertThat(to.resolve("Layers.java")).content().contains("COUNT = 5");
        assertThat(to.resolve("notes.txt")).hasContent("not known\n");
        assertThat(to.resolve("debug.yaml")).content().contains("k1: 0.5");
        assertThat(made.text()).contains("Missing: the value of env.HF_TOKEN").doesNotContain("abc123");
        assertThat(PlanFolder.tree(folder.path())).isEqualTo(before);

        var again = checkout(to);
        assertThat(again.exitCode()).isNotZero();
        assertThat(again.text()).contains("it exists, and nothing is overwritten; choose another folder with --to");

        made = checkout(place.resolve("exact"));
        assertThat(dryRun(made).text()).contains("1 job: 1 done, 0 to run");
    }

    @Test
    void checkout_commitThatIsGone_givesTheSources() throws Exception {
        runDirtyAndChange();
        Folders.delete(folder.path().resolve(".git"));

        var made = checkout(place.resolve("exact"));

        assertThat(made.exitCode()).as(made.text()).isZero();
        assertThat(made.text()).contains("Missing: files other than the plan's Java sources, because of commit");
        assertThat(place.resolve("exact/notes.txt")).doesNotExist();
        assertThat(dryRun(made).text()).contains("1 job: 1 done, 0 to run");
    }

    @Test
    void checkout_planOfNoRepository_givesTheSources() throws Exception {
        var run = folder.run();
        assertThat(run.exitCode()).as(run.text()).isZero();
        folder.file("Layers.java", "class Layers { static final int COUNT = 8; }\n");
        assertThat(CommandLineRun.of(
                                "runs",
                                "show",
                                "debug",
                                "--workdir",
                                folder.workspace().toString())
                        .text())
                .contains("Code: no commit, sources stored", "experimaestro runs checkout debug/");

        var made = checkout(place.resolve("exact"));

        assertThat(made.exitCode()).as(made.text()).isZero();
        assertThat(dryRun(made).text()).contains("1 job: 1 done, 0 to run");
    }
}
