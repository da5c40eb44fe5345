package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RemoteShellTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CHATTY = "echo Welcome; printf 'no line end' >&2";

    @Test
    void run_chattyLogin_givesOnlyWhatTheScriptPrints() throws Exception {
        Shell shell = new RemoteShell(new LocalTransport(CHATTY));
        assertThat(shell.run("printf out; printf error >&2; exit 3", LIMIT))
                .isEqualTo(new Shell.Output(3, "out", "error"));
    }

    @Test
    void run_scriptEndsWith255_isNotALostConnection() throws Exception {
        assertThat(new RemoteShell(new LocalTransport()).run("exit 255", LIMIT).exitCode())
                .isEqualTo(255);
    }

    @Test
    void run_connectionLost_isUnreachable() {
        // The shell that runs the script is killed, so there is no mark of the end.
        Shell shell = new RemoteShell(new LocalTransport("sh() { command sh \"$@\"; exit 255; }"));
        assertThatThrownBy(() -> shell.run("echo out; kill -9 $$", LIMIT))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isFalse())
                .hasMessageStartingWith("The connection to elsewhere was lost while a script ran there");
    }

    @Test
    void run_noConnection_saysWhy() {
        Shell shell = new RemoteShell(
                new LocalTransport("echo 'ssh: connect to host h port 22: Connection refused' >&2; exit 255"));
        assertThatThrownBy(() -> shell.run("true", LIMIT))
                .hasMessage("Cannot connect to elsewhere: ssh: connect to host h port 22: Connection refused");
    }

    @Test
    void run_loginWithoutShell_isPermanent() {
        Shell shell = new RemoteShell(new LocalTransport("echo 'This account is not available.' >&2; exit 1"));
        assertThatThrownBy(() -> shell.run("true", LIMIT))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("This account is not available.");
    }

    /** That is where nologin(8) and the commands that a server forces upon an account print it. */
    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "exit 0", "exit 255"})
    void run_loginShellThatRefusesOnStandardOutput_isPermanentAndShown(String end) {
        String refusal =
                "for i in 1 2 3 4 5 6 7 8 9; do echo 'A long message of the day, in some lines, of no interest.'"
                        + "; done; echo 'This account is currently not available.'; " + end;
        RemoteShell shell = new RemoteShell(new LocalTransport(refusal));
        assertThatThrownBy(() -> shell.run("true", LIMIT))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("This account is currently not available.");
        assertThatThrownBy(() -> shell.stream("cat", stream -> {}, InputStream::readAllBytes, LIMIT))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("This account is currently not available.");
    }

    @Test
    void run_connectionLostWhileTheLoginShellPrints_mayPass() {
        Shell shell = new RemoteShell(
                new LocalTransport("echo Welcome; echo 'Connection reset by 10.0.0.1 port 22' >&2; exit 255"));
        assertThatThrownBy(() -> shell.run("true", LIMIT))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isFalse())
                .hasMessage("Cannot connect to elsewhere: Connection reset by 10.0.0.1 port 22");
    }

    @Test
    void run_wrongSyntax_isExitCode() throws Exception {
        Shell.Output output = new RemoteShell(new LocalTransport(CHATTY)).run("if then", LIMIT);
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.complaint()).containsIgnoringCase("syntax error").doesNotContain("no line end");
    }

    @Test
    void run_commandThatReads_doesNotReadTheScript() throws Exception {
        assertThat(new RemoteShell(new LocalTransport())
                        .run("cat; echo after", LIMIT)
                        .out())
                .isEqualTo("after\n");
    }

    @Test
    void run_tooLong_isUnreachable() {
        assertThatThrownBy(() -> new RemoteShell(new LocalTransport()).run("sleep 1000", Duration.ofMillis(300)))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("elsewhere has not answered within 300 ms: sleep 1000");
    }

    @Test
    void stream_bytes_passBothWaysAsTheyAre() throws Exception {
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        CommandRun.Result<byte[]> result = new RemoteShell(new LocalTransport(CHATTY))
                .stream(
                        "cat; echo 'it'\\''s read' >&2; exit 4",
                        stream -> new ByteArrayInputStream(bytes).transferTo(stream),
                        InputStream::readAllBytes,
                        LIMIT);
        assertThat(result.out()).isEqualTo(bytes);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).isEqualTo("it's read\n");
    }

    @Test
    void stream_scriptThatStopsReading_tellsItsExitCode() throws Exception {
        byte[] bytes = new byte[1 << 22];
        assertThat(new RemoteShell(new LocalTransport())
                        .stream("exit 5", stream -> stream.write(bytes), InputStream::readAllBytes, LIMIT)
                                .exitCode())
                .isEqualTo(5);
    }

    @Test
    void stream_failureOnThisSide_isTheCallers() {
        assertThatThrownBy(() -> new RemoteShell(new LocalTransport())
                        .stream(
                                "cat",
                                stream -> {
                                    throw new IOException("unreadable");
                                },
                                InputStream::readAllBytes,
                                LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessage("unreadable");
    }
}
