package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in processes of their own, whose standard output cannot be written. */
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class OutputFailureTest {
    private static final String FULL = "/dev/full";

    @TempDir
    private Path place;

    private PlanFolder folder;

    private record Exit(int exitCode, String error) {}

    @BeforeEach
    void makeWorkspace() throws IOException {
        folder = new PlanFolder(place);
        var sample = new SampleWorkspace(folder.workspace());
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 5));
        SampleWorkspace.done(job);
        sample.run("layers", Map.of(job, Map.of("layers", 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "jobs list --help",
                "jobs list --workdir WORKSPACE",
                "jobs list --json --workdir WORKSPACE",
                "describe --workdir WORKSPACE",
                "describe sample.learn --workdir WORKSPACE",
                "describe --json --workdir WORKSPACE",
                "explain sample.learn/ --workdir WORKSPACE",
                "run-experiment --show YAML",
                "run-experiment --run-mode dry-run --workdir WORKSPACE YAML",
                "run-experiment --workdir WORKSPACE YAML",
            })
    void fullDisk_whateverIsPrinted_isAnError(String command) throws Exception {
        folder.plan("");

        Exit ended = run(command, new File(FULL));

        assertThat(ended.error()).contains("Error: Cannot write all of the output");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    @Test
    void fullDisk_commandThatFails_keepsItsOwnCode() throws Exception {
        assertThat(run("jobs lst", new File(FULL)).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "jobs list --workdir WORKSPACE", "jobs list --json --workdir WORKSPACE"})
    void readerHasGone_whateverIsPrinted_endsQuietlyAsOtherToolsDo(String command) throws Exception {
        // The shell waits until this end of the pipe is closed.
        List<String> words = new ArrayList<>(List.of("sh", "-c", "read go; exec \"$@\"", "sh"));
        words.addAll(words(command));
        Process process = new ProcessBuilder(words).start();
        process.getInputStream().close();
        process.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();

        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(error).isEmpty();
        assertThat(process.waitFor()).isEqualTo(141);
    }

    private Exit run(String command, File output) throws IOException, InterruptedException {
        Path errors = place.resolve("errors.txt");
        Process process = new ProcessBuilder(words(command))
                .redirectOutput(output)
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        return new Exit(process.waitFor(), Files.readString(errors));
    }

    private List<String> words(String command) {
        List<String> words = JvmCommand.of(
                "-Duser.home=" + place, "-cp", System.getProperty("java.class.path"), Main.class.getName());
        for (String word : command.split(" ")) {
            words.add(word.replace("WORKSPACE", folder.workspace().toString())
                    .replace("YAML", folder.yaml().toString()));
        }
        return words;
    }
}
