package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.distribution.Scripts.Outcome;
import org.experimaestro.disturbance.BackgroundTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members of one group, who work in one workspace: only root can act as them. */
@Tag("thorough")
class SharedWorkspaceIT {
    private static final Path TAR = Path.of(System.getProperty("distribution.archives") + ".tar.gz");

    private static final int ANNA = 60_001;
    private static final int BERT = 60_002;
    private static final int GROUP = 60_010;

    private static final String PLAN = """
            import java.util.List;
            import org.experimaestro.*;
            class Squares implements ExperimentPlan<Squares.Settings> {
              record Settings(List<Integer> sizes) {}
              @ConfigType("it.square") record Square(int size) implements SelfTask<Square> {
                @Override public void execute(TaskContext context) { context.metric("area", (long) size * size); }
              }
              @Override public void run(Experiment xp, Settings settings) {
                for (int size : settings.sizes()) {
                  xp.submit(Squares_SquareBuilder.square().size(Tags.tag(size)).build());
                }
              }
            }
            """;

    @TempDir
    private Path folder;

    private Path plan;
    private Path workspace;
    private Path script;

    @BeforeEach
    void unpackForAll() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can act as two other users");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv (util-linux)");
        mode(folder, "rwxr-xr-x");
        Path place = Files.createDirectories(folder.resolve("unpacked"));
        assertThat(Scripts.run(place, Map.of("PATH", "/usr/bin:/bin"), "tar", "--no-same-owner", "-xzf", TAR.toString())
                        .exitCode())
                .isZero();
        try (var homes = Files.list(place)) {
            script = homes.toList().getFirst().resolve("bin/experimaestro");
        }
        plan = Files.createDirectories(folder.resolve("plan"));
        Files.writeString(plan.resolve("experiment.java"), PLAN);
        workspace = Files.createDirectories(folder.resolve("shared"));
        Files.setAttribute(workspace, "unix:uid", ANNA);
        Files.setAttribute(workspace, "unix:gid", GROUP);
        // The set-group-ID bit has no name in Java.
        assertThat(Scripts.run(folder, Map.of("PATH", "/usr/bin:/bin"), "chmod", "2775", workspace.toString())
                        .exitCode())
                .isZero();
        for (int user : new int[] {ANNA, BERT}) {
            Path home = Files.createDirectories(home(user));
            Files.setAttribute(home, "unix:uid", user);
        }
    }

    @AfterEach
    void awaitTraining() throws IOException, InterruptedException {
        BackgroundTraining.awaitEnd(folder);
    }

    @Test
    void twoUsersOfAGroup_findEachOthersJobsDoneAndAddTheirOwn() throws IOException {
        assertThat(run(ANNA, "1, 2")).contains("2 jobs: 2 executed, 0 done before.");
        assertThat(run(BERT, "1, 2")).contains("2 jobs: 0 executed, 2 done before.");
        assertThat(run(BERT, "1, 2, 3")).contains("3 jobs: 1 executed, 2 done before.");
        assertThat(run(ANNA, "3, 4")).contains("2 jobs: 1 executed, 1 done before.");
        assertThat(owners()).containsExactlyInAnyOrder(ANNA, ANNA, BERT, ANNA);

        Outcome list = as(BERT, "jobs", "list", "--workdir", workspace.toString());
        assertThat(list.out()).contains("size=1", "size=2", "size=3", "size=4");
        assertThat(list.exitCode()).as(list.err()).isZero();
    }

    private List<Object> owners() throws IOException {
        List<Object> owners = new ArrayList<>();
        try (var jobs = Files.list(workspace.resolve("jobs/it.square"))) {
            for (Path job : jobs.toList()) {
                owners.add(Files.getAttribute(job, "unix:uid", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return owners;
    }

    private String run(int user, String sizes) throws IOException {
        Path yaml = plan.resolve("squares.yaml");
        Files.writeString(yaml, "file: experiment\nsizes: [" + sizes + "]\nworkdir: " + workspace + "\n");
        Outcome outcome = as(user, "run-experiment", yaml.toString());
        assertThat(outcome.exitCode()).as(outcome.err() + outcome.out()).isZero();
        return outcome.out();
    }

    private Outcome as(int user, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + GROUP,
                "--clear-groups",
                "sh",
                "-c",
                "umask 002; exec \"$0\" \"$@\"",
                script.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "LC_ALL",
                "C.UTF-8",
                "HOME",
                home(user).toString(),
                "EXPERIMAESTRO_JAVA_HOME",
                System.getProperty("java.home"));
        return Scripts.run(home(user), environment, command.toArray(String[]::new));
    }

    private Path home(int user) {
        return folder.resolve("home-" + user);
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
