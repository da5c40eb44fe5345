package org.experimaestro.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a process is seen in a process of its own. */
@Timeout(60)
final class ProcessEndTest {
    /** The class that looks through the class path for providers of loggers. */
    private static final String LOGGERS = "jdk.internal.logger.LoggerFinderLoader";

    private record Ended(int exitCode, String output) {}

    /** Ends with the code of the first argument; the second one names what else runs then. */
    static final class Ending {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the hook has run")));
            int code = Integer.parseInt(arguments[0]);
            switch (arguments[1]) {
                case "nothing" -> ProcessEnd.exit(code);
                case "a daemon" -> {
                    waiting(true);
                    ProcessEnd.exit(code);
                }
                case "a thread" -> {
                    waiting(false);
                    ProcessEnd.exit(code);
                }
                default -> {
                    Thread other = new Thread(() -> ProcessEnd.exit(code));
                    other.start();
                    new CountDownLatch(1).await();
                }
            }
        }

        private static void waiting(boolean daemon) {
            Thread thread = new Thread(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(daemon);
            thread.start();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "a daemon"})
    void exit_lastThread_endsWithoutALookForLoggers(String others) throws Exception {
        Ended ended = end(0, others);

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).contains("the hook has run").doesNotContain(LOGGERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a thread", "the main thread, which does not end"})
    void exit_otherThreadThatRuns_endsAllTheSame(String others) throws Exception {
        Ended ended = end(0, others);

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).contains("the hook has run");
    }

    @Test
    void exit_failure_keepsItsCode() throws Exception {
        assertThat(end(3, "nothing").exitCode()).isEqualTo(3);
    }

    private static Ended end(int code, String others) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                Integer.toString(code),
                others);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
