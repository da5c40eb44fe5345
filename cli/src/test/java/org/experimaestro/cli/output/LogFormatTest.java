package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.experimaestro.cli.HostileText;
import org.experimaestro.cli.Main;
import org.experimaestro.disturbance.JvmCommand;
import org.junit.jupiter.api.Test;

/** A process of its own, since logging is configured once in each. */
class LogFormatTest {
    /** Logs, as code that knows nothing of the command line does. */
    static final class Logging {
        private Logging() {}

        public static void main(String[] arguments) {
            Main.run("--version");
            System.getLogger("some.name")
                    .log(
                            System.Logger.Level.WARNING,
                            HostileText.HAS_LINES.text(),
                            new IllegalStateException(HostileText.CLEARS_THE_SCREEN.text()));
            throw new LinkageError(HostileText.HAS_LINES.text());
        }
    }

    @Test
    void logsAndUncaughtErrors_ofAnyCode_areShownAsMessagesAre() throws Exception {
        Process process = new ProcessBuilder(JvmCommand.of(
                        "-Dstderr.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Logging.class.getName()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        HostileText.assertHarmless(error.replace(System.lineSeparator(), "\n"));
        assertThat(error)
                .contains("  WARNING: a", "  forged row", "  java.lang.IllegalStateException: a\\u001B[2J")
                .contains("Exception in thread \"main\" java.lang.LinkageError: a", "    | forged line\\rforged");
    }
}
