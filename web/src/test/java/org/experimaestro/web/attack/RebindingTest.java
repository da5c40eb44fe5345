package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site that lets its own name lead to this machine gets no answer. */
class RebindingTest {
    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient client;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        client = served.script();
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:12345",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "127.0.0.1@evil.example",
                "127.0.0.2",
                "localhost:12345:1",
                "localhost, evil.example",
                "[::2]",
                ""
            })
    void host_ofAnotherName_isRefused(String host) throws IOException {
        RawResponse response = client.get("/api/1/workspace", "Host: " + host);

        assertThat(response.status()).isEqualTo(421);
        assertThat(response.body()).doesNotContain("work");
    }

    @Test
    void host_twice_isRefused() throws IOException {
        assertThat(client.get("/api/1/workspace", "Host: localhost", "Host: evil.example")
                        .status())
                .isEqualTo(421);
    }

    @Test
    void host_missing_isRefused() throws IOException {
        String request = client.request("GET", "/api/1/workspace", "").replaceFirst("Host: [^\r]*\r\n", "");

        assertThat(client.exchange(request).status()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9000", "127.0.0.1:9000", "[::1]:9000"})
    void host_ofATunnelFromAnotherPort_isAnswered(String host) throws IOException {
        assertThat(client.get("/api/1/workspace", "Host: " + host).status()).isEqualTo(200);
    }
}
