package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that sends or reads too slowly is cut, and keeps no other client waiting. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("thorough")
class SlowClientTest {
    @TempDir
    Path folder;

    @Test
    void headers_thatDoNotEnd_areCut() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder);
                Socket socket = served.stranger().open()) {
            RawClient.write(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");

            assertThat(RawClient.readAll(socket)).isEmpty();
        }
    }

    @Test
    void body_thatDoesNotCome_isCut() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            RawClient client = served.script();
            try (Socket socket = client.open()) {
                RawClient.write(socket, client.request("POST", "/api/1/address", "", "Content-Length: 10") + "x");

                assertThat(RawClient.readAll(socket)).isEmpty();
            }
        }
    }

    @Test
    void connection_withoutARequest_isClosed() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder);
                Socket socket = served.stranger().open()) {
            assertThat(RawClient.readAll(socket)).isEmpty();
        }
    }

    @Test
    void file_thatNobodyReads_isGivenUp() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder, Duration.ofMillis(500))) {
            RawClient client = served.script();
            Path large = served.job().path().resolve("large.bin");
            try (var file = Files.newByteChannel(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.position(64 * 1024 * 1024).write(ByteBuffer.wrap(new byte[1]));
            }
            try (Socket socket = client.openStream(served.jobPath() + "/files/large.bin")) {
                assertThat(client.get("/api/1/workspace").status()).isEqualTo(200);
                while (isHeld(large)) {
                    Thread.onSpinWait();
                }
                assertThat(RawClient.readAll(socket).length).isLessThan(64 * 1024 * 1024);
            }
        }
    }

    private static boolean isHeld(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> isOpen(descriptor, file));
        }
    }

    private static boolean isOpen(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
