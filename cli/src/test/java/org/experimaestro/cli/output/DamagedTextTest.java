package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.cli.Main;
import org.experimaestro.disturbance.JvmCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, called without the start script, which would choose a locale. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class DamagedTextTest {
    @TempDir
    private Path folder;

    private record Exit(int exitCode, String text) {}

    @Test
    void argument_thatTheLocaleDoesNotHave_isRefusedWithWords() throws Exception {
        Exit ended = run(folder, "C", "run-experiment", "missing.yaml", "-c", "words=[é]");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.text())
                .startsWith(
                        "Error: Cannot read as ANSI_X3.4-1968, the charset of this process's locale: argument 4, read as ")
                .contains("Set LC_ALL=C.UTF-8, or another locale in UTF-8, in the environment of this process.");
    }

    @Test
    void folder_thatTheLocaleDoesNotHave_isRefusedWithWords() throws Exception {
        Exit ended = run(Files.createDirectory(folder.resolve("donnée")), "POSIX", "jobs", "list");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.text()).contains("the current folder, read as ");
    }

    @Test
    void textInAscii_withoutALocale_isTakenAsItIs() throws Exception {
        Exit ended = run(folder, "C", "run-experiment", "missing.yaml", "-c", "words=[e]");

        assertThat(ended.text()).contains("missing.yaml").doesNotContain("charset");
    }

    @Test
    void lettersOfAnyLanguage_inALocaleInUtf8_areTakenAsTheyAre() throws Exception {
        Exit ended = run(folder, "C.UTF-8", "run-experiment", "fehlt-ü.yaml");

        assertThat(ended.text()).contains("fehlt-ü.yaml").doesNotContain("charset");
    }

    /** The arguments are in the text of a script, since this JVM may itself not be able to hand them on. */
    private Exit run(Path where, String locale, String... arguments) throws IOException, InterruptedException {
        List<String> words = JvmCommand.of("-cp", System.getProperty("java.class.path"), Main.class.getName());
        words.addAll(List.of(arguments));
        StringBuilder script = new StringBuilder("exec");
        words.forEach(word -> script.append(" '").append(word).append('\''));
        Path file = Files.writeString(folder.resolve("script.sh"), script);
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder("sh", file.toString())
                .directory(where.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(Map.of("LC_ALL", locale, "HOME", folder.toString()));
        int exitCode = builder.start().waitFor();
        return new Exit(exitCode, Files.readString(out));
    }
}
