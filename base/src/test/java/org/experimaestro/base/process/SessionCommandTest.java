package org.experimaestro.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class SessionCommandTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void of_command_leadsASessionAndKeepsItsProcessIdAndExitCode() throws Exception {
        Process process = new ProcessBuilder(
                        SessionCommand.of(List.of("sh", "-c", "read line < /proc/$$/stat; echo $line; exit 7")))
                .start();
        String stat = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Fields 5 and 6 of proc(5): process group and session; field 2 is the command in parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");

        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(fields[2]).isEqualTo(Long.toString(process.pid()));
        assertThat(fields[3]).isEqualTo(Long.toString(process.pid()));
    }

    @Test
    void of_arguments_arriveAsTheyAre() throws Exception {
        Process process = new ProcessBuilder(SessionCommand.of(List.of("printf", "%s|", "a b", "", "$x;*"))).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("a b||$x;*|");
    }
}
