package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections and streams have limits, and give back their places when their clients have gone. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CrowdTest {
    private static final String STREAM = "/api/1/live?of=workspace";

    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient client;
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        client = served.script();
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        served.close();
    }

    @Test
    void streams_tooMany_areRefusedUntilOneHasEnded() throws IOException {
        for (int i = 0; i < 32; i++) {
            open.add(client.openStream(STREAM));
        }
        assertThat(client.get(STREAM).status()).isEqualTo(503);
        assertThat(client.get("/api/1/workspace").status()).isEqualTo(200);

        open.removeFirst().close(); // the server notices at the next beat

        boolean isOpen = false;
        while (!isOpen) {
            try (Socket socket = client.open()) {
                RawClient.write(socket, client.request("GET", STREAM, ""));
                isOpen =
                        new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1).endsWith("200");
            }
        }
        assertThat(isOpen).isTrue();
    }

    @Test
    void stream_ofAHalfClosedConnection_stillBeats() throws IOException {
        Socket socket = client.openStream(STREAM);
        open.add(socket);
        socket.shutdownOutput();

        StringBuilder text = new StringBuilder();
        while (text.indexOf("event: beat", text.indexOf("event: beat") + 1) < 0) {
            text.append((char) socket.getInputStream().read());
        }
        assertThat(text).contains("event: answer");
    }

    @Test
    void connections_tooMany_areClosedAtOnce() throws IOException {
        boolean isFull = false;
        for (int i = 0; i < 70 && !isFull; i++) {
            Socket socket = client.open();
            open.add(socket);
            if (i >= 64) {
                isFull = isClosed(socket);
            }
        }
        assertThat(isFull).isTrue();

        for (Socket socket : open) {
            socket.close();
        }
        int status = 0;
        while (status != 200) {
            status = client.get("/api/1/workspace").status();
        }
        assertThat(status).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "of=",
                "of=nothing",
                "of=/etc/passwd",
                "of=http://evil.example/api/1/workspace",
                "of=/api/1/live",
                "of=/api/1/session",
                "of=workspace%2f..%2fworkspace",
                "of=nothing&of=nobody",
                "of=workspace&of=%zz",
                "of=%zz",
                "of=workspace%3Fa%3D%25zz",
                "of=jobs%3Fq%3D%25ff",
                "of=jobs%2F%25ff"
            })
    void stream_ofAWrongQuestion_isRefused(String query) throws IOException {
        assertThat(client.get("/api/1/live?" + query).status()).isEqualTo(400);
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(500);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        }
    }
}
