package org.experimaestro.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalShellTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Shell shell = new LocalShell();

    @Test
    void run_script_givesOutputsAndExitCode() throws Exception {
        assertThat(shell.run("echo out; echo error >&2; exit 3", LIMIT))
                .isEqualTo(new Shell.Output(3, "out\n", "error\n"));
    }

    @Test
    void run_commandThatReads_doesNotReadTheScript() throws Exception {
        assertThat(shell.run("cat\necho 'after # cat' # and a comment", LIMIT).out())
                .isEqualTo("after # cat\n");
    }

    @Test
    void run_killedBySignal_saysWhich() throws Exception {
        assertThat(shell.run("sh -c 'kill -9 $$'; exit $?", LIMIT).exitCode()).isEqualTo(137);
    }

    @Test
    void run_wrongSyntax_isExitCode() throws Exception {
        Shell.Output output = shell.run("if then", LIMIT);
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.complaint()).containsIgnoringCase("syntax error");
    }

    @Test
    void run_longScriptAndOutput_isRunWhole() throws Exception {
        String line = "echo '" + "\u00e4".repeat(500) + "'\n";
        assertThat(shell.run(line.repeat(2_000), LIMIT).out()).hasSize(2_000 * 501);
    }

    @Test
    void run_tooLong_killsAllThatItStarted(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        String script = "sleep 1000 & echo $! > " + ShellText.quote(pid.toString()) + "; wait";
        Duration limit = Duration.ofMillis(100);
        do {
            limit = limit.multipliedBy(2); // a slow machine needs more time to start
            Duration tried = limit;
            assertThatThrownBy(() -> shell.run(script, tried))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("took longer than " + tried.toMillis() + " ms: sleep 1000");
        } while (!Files.exists(pid) || Files.size(pid) == 0);
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void run_interrupted_killsTheScript(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        shell.run("mkfifo " + ShellText.quote(pipe.toString()), LIMIT);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                shell.run("echo begun > " + ShellText.quote(pipe.toString()) + "; sleep 1000", LIMIT);
            } catch (UnreachableException | InterruptedException failed) {
                ended.set(failed);
            }
            done.countDown();
        });
        assertThat(Files.readString(pipe)).isEqualTo("begun\n");
        thread.interrupt();
        done.await();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void permanent_trouble_isTold() {
        assertThat(UnreachableException.permanent("no").isPermanent()).isTrue();
        assertThat(new UnreachableException("later").isPermanent()).isFalse();
    }
}
