package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run and a worker say to each other, and the command line of a worker. */
class WorkerMessageTest {
    private static final Path FOLDER = Path.of("/a b/jobs/test.job/00000000000000030000000000000004");

    private static final List<WorkerMessage> MESSAGES = List.of(
            new WorkerMessage.Fresh(List.of(Path.of("/a/ü.jar"), Path.of("/b.jar"))),
            new WorkerMessage.Fresh(List.of()),
            new WorkerMessage.Ready(ProcessIdentity.current()),
            new WorkerMessage.Begin(17, 2, FOLDER),
            new WorkerMessage.Over(17, Optional.empty(), false),
            new WorkerMessage.Over(18, Optional.of("a thread \"x\"\nof the task"), true));

    @Test
    void of_jsonOfAMessage_isTheMessage() {
        for (WorkerMessage message : MESSAGES) {
            assertThat(WorkerMessage.of(JsonFile.parse(line(message), "test"))).isEqualTo(message);
        }
        assertThat(((WorkerMessage.Begin) MESSAGES.get(3)).toAttempt().job().path())
                .isEqualTo(FOLDER);
    }

    private static byte[] line(WorkerMessage message) {
        return Json.writeLine(message.toJson()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void of_anyLine_isAMessageOrRefused() throws Exception {
        Fuzz fuzz = Fuzz.of("worker-message")
                .words("\"fresh\":[", "\"ready\":true", "\"folder\":\"/\\u0000\"", "\"native\":1");
        for (WorkerMessage message : MESSAGES) {
            fuzz = fuzz.seed(line(message));
        }
        fuzz.refusedBy(JsonException.class).bytes(bytes -> WorkerMessage.of(JsonFile.parse(bytes, "test")));
    }

    @Test
    void receive_messagesInPieces_areTheMessages() throws Exception {
        Path folder = Files.createTempDirectory("xpm-");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            try (WorkerConnection worker = WorkerConnection.open(socket);
                    SocketChannel run = server.accept()) {
                WorkerMessage large = new WorkerMessage.Over(1, Optional.of("x".repeat(100_000)), false);
                Thread sender = new Thread(() -> {
                    try (run) {
                        for (WorkerMessage message : MESSAGES) {
                            for (byte each : line(message)) {
                                run.write(ByteBuffer.wrap(new byte[] {each}));
                            }
                            run.write(ByteBuffer.wrap(new byte[] {'\n'}));
                        }
                        run.write(ByteBuffer.wrap(line(large)));
                        run.write(ByteBuffer.wrap("\n{\"fresh".getBytes(StandardCharsets.UTF_8)));
                    } catch (java.io.IOException failed) {
                        throw new java.io.UncheckedIOException(failed);
                    }
                });
                sender.start();
                List<WorkerMessage> received = new ArrayList<>();
                for (WorkerMessage next = worker.receive(); next != null; next = worker.receive()) {
                    received.add(next);
                }
                sender.join();
                List<WorkerMessage> expected = new ArrayList<>(MESSAGES);
                expected.add(large);
                assertThat(received).isEqualTo(expected);
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/work", "/", "/a b/ü"})
    void isOf_whatOfMakes_isItself(String workspace) {
        List<String> words = new ArrayList<>(List.of("java", "-cp", "a:b"));
        words.addAll(WorkerCommand.of(Path.of("/tmp/xpm 1/s"), "w-1", Path.of(workspace)));
        for (String separator : List.of("\0", " ")) {
            String line = String.join(separator, words);
            assertThat(WorkerCommand.isOf(line, separator, "w-1")).isTrue();
            assertThat(WorkerCommand.isOf(line, separator, "w-11")).isFalse();
            assertThat(WorkerCommand.isOf(line, separator, "w")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java WorkerMain /s w-1 /work, false",
        "org.experimaestro.runtime.worker.WorkerMain /s w-1 /work, false",
        "java org.experimaestro.runtime.worker.WorkerMain s w-1 /work, false",
        "java org.experimaestro.runtime.worker.WorkerMain /s w-1 work, false",
        "java org.experimaestro.runtime.worker.WorkerMain /s w-1, false",
        "java org.experimaestro.runtime.worker.WorkerMain /s w-1 /work, true"
    })
    void isOf_otherLine_isOnlyOfItsWorker(String line, boolean expected) {
        assertThat(WorkerCommand.isOf(line, " ", "w-1")).isEqualTo(expected);
    }
}
