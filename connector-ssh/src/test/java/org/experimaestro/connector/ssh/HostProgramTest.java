package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of a host that talk by their streams, and the files that they are given. */
@Timeout(120)
class HostProgramTest {
    private static final String CHATTY = "echo Welcome; printf 'no line end' >&2";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private static HostProgram start(String startUp, String script) throws Exception {
        return new RemoteShell(new LocalTransport(startUp)).start(script, LIMIT);
    }

    @Test
    void start_chattyLogin_theStreamsAreThoseOfTheProgram() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        try (HostProgram program = start(CHATTY, "exec cat")) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try (OutputStream in = program.input()) {
                    in.write(bytes);
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertThat(program.output().readAllBytes()).isEqualTo(bytes);
            writer.join();
        }
    }

    @Test
    void end_programThatFailed_hasItsWordsAndCode() throws Exception {
        try (HostProgram program = start(CHATTY, "echo no memory >&2; exit 3")) {
            assertThat(program.output().readAllBytes()).isEmpty();
            assertThat(program.end())
                    .hasMessage("The program on elsewhere has ended with exit code 3: no memory")
                    .returns(false, UnreachableException::isPermanent);
        }
    }

    @Test
    void end_programWhoseInputHasEnded_hasTakenAllOfIt() throws Exception {
        try (HostProgram program = start("", "exec cat >'" + folder.resolve("all") + "'")) {
            program.input().write("text".getBytes(StandardCharsets.US_ASCII));
            program.input().close();

            assertThat(program.end()).hasMessage("The program on elsewhere has ended with exit code 0");
            assertThat(folder.resolve("all")).hasContent("text");
        }
    }

    @Test
    void end_connectionLost_isTheTroubleOfSsh() throws Exception {
        try (HostProgram program = start("sh() { command sh \"$@\"; exit 255; }", "echo Broken pipe >&2; kill -9 $$")) {
            assertThat(program.output().readAllBytes()).isEmpty();
            assertThat(program.end())
                    .hasMessageStartingWith("The connection to elsewhere was lost while a script ran there");
        }
    }

    @Test
    void start_loginThatRunsNothing_isUnreachable() {
        assertThatThrownBy(() -> start("echo This account is closed; exit 1", "exec cat"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("The program on elsewhere has ended with exit code 1");
    }

    @Test
    void start_loginThatHangs_isUnreachableInTime() {
        RemoteShell shell = new RemoteShell(new LocalTransport("read -r answer </dev/zero"));

        assertThatThrownBy(() -> shell.start("exec cat", Duration.ofMillis(300)))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("elsewhere has not begun to run a program within 300 ms");
    }

    @Test
    void send_files_areThereWholeOrNotAtAll() throws Exception {
        Path there = Files.createDirectories(folder.resolve("it's there"));
        Path small = Files.writeString(folder.resolve("small"), "small");
        Path large = Files.write(folder.resolve("large"), new byte[3_000_000]);
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("a.jar", small);
        files.put("b.jar", large);
        FileUpload upload = new FileUpload(new RemoteShell(new LocalTransport(CHATTY)));

        upload.send(there.toString(), files);

        assertThat(names(there)).containsExactly("a.jar", "b.jar");
        assertThat(there.resolve("a.jar")).hasContent("small");
        assertThat(there.resolve("b.jar")).hasSameBinaryContentAs(large);

        files.put("c.jar", small);
        files.put("d.jar", folder.resolve("missing"));
        assertThatThrownBy(() -> upload.send(there.toString(), files)).isInstanceOf(IOException.class);
        assertThat(names(there).filter(name -> name.endsWith(".jar"))).containsExactly("a.jar", "b.jar");
    }

    @Test
    void send_folderThatIsMissing_isRefused() {
        FileUpload upload = new FileUpload(new RemoteShell(new LocalTransport()));

        assertThatThrownBy(() -> upload.send(folder.resolve("none").toString(), Map.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot store files in " + folder.resolve("none"));
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            return names.stream();
        }
    }
}
