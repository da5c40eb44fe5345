package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.cli.SampleWorkspace.adam;
import static org.experimaestro.cli.SampleWorkspace.learn;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workspace of a colleague, in which this user may not write: it can be looked at, and each refusal says why. */
@Timeout(240)
class ReadOnlyWorkspaceTest {
    @TempDir
    private Path place;

    private OtherUser colleague;
    private Path workspace;
    private String id;

    @BeforeEach
    void makeWorkspace() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can have files that belong to another user");
        colleague = other.get();
        workspace = place.resolve("workspace");
        SampleWorkspace sample = new SampleWorkspace(workspace);
        JobFolder job = sample.store(learn(1, adam(0.1), 1));
        id = job.id().toString();
        Files.writeString(SampleWorkspace.done(job).standardError(), "");
        sample.run("study", Map.of(job, Map.of("layers", 1L)));
        try (Stream<Path> all = Files.walk(workspace)) {
            for (Path path : all.toList()) {
                colleague.own(path);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Returns what command lines print, each as a text with its exit code at the end. */
    private List<String> execute(String... lines) throws IOException {
        List<String> command = new ArrayList<>(
                JvmCommand.of("-cp", System.getProperty("java.class.path"), ManyCommands.class.getName()));
        Arrays.stream(lines)
                .map(line -> line.replace("ID", id) + " --workdir=" + workspace)
                .forEach(command::add);
        String quoted = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String caches = "XDG_CACHE_HOME=" + place.resolve("cache") + " XDG_STATE_HOME=" + place.resolve("state") + " ";
        return List.of(colleague.runKeptOut(caches + quoted + " 2>&1").split("(?m)^> ")).stream()
                .skip(1)
                .toList();
    }

    @Test
    void look_workspaceOfAColleague_worksAndSaysThatItIsReadOnly() throws IOException {
        List<String> before = PlanFolder.tree(workspace);

        List<String> answers = execute(
                "jobs list",
                "jobs show ID",
                "jobs why",
                "jobs log ID",
                "jobs path ID",
                "runs list",
                "runs show study",
                "experiments list",
                "experiments show study",
                "describe",
                "explain ID",
                "du",
                "orphans",
                "trash list");

        String note = "read-only: " + workspace.resolve("jobs")
                + " belongs to nobody, group nogroup, with rwxr-xr-x, and" + " you are root\n";
        assertThat(answers)
                .hasSize(14)
                .allSatisfy(answer ->
                        assertThat(answer).contains(note).endsWith("= 0\n\n").doesNotContain("Exception"));
        assertThat(PlanFolder.tree(workspace)).isEqualTo(before);
    }

    @Test
    void change_workspaceOfAColleague_isRefusedWithTheReasonAndAWayOut() throws IOException {
        List<String> before = PlanFolder.tree(workspace);

        List<String> answers = execute(
                "jobs note ID why",
                "jobs pin ID",
                "jobs unpin ID",
                "jobs kill ID",
                "jobs dump ID",
                "jobs clean state=done --yes",
                "runs note study why",
                "runs tag study a=b",
                "trash empty --yes",
                "experiments prune study --keep 1 --yes");

        assertThat(answers)
                .hasSize(10)
                .allSatisfy(answer -> assertThat(answer)
                        .contains("Cannot write the workspace " + workspace + ": no permission to write: "
                                + workspace.resolve("jobs")
                                + " belongs to nobody, group nogroup, with rwxr-xr-x, and you are root")
                        .contains("have nobody give your group the permission")
                        .doesNotContain("read-only:")
                        .endsWith("= 1\n\n"));
        assertThat(PlanFolder.tree(workspace)).isEqualTo(before);
    }
}
