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

/** A request whose end could be at two places is refused, and nothing behind it is a second request. */
class SmugglingTest {
    private static final String HIDDEN = "POST /api/1/address HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

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
                "Content-Length: 0|Content-Length: 63",
                "Content-Length: 63|Content-Length: 0",
                "Content-Length: 0|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 63",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Content-Length: +5",
                "Content-Length: -1",
                "Content-Length: 5 5",
                "Content-Length : 5"
            })
    void request_withTwoEnds_isRefused(String lines) throws IOException {
        String request = client.request("POST", "/api/1/address", "", lines.split("\\|")) + HIDDEN;

        RawResponse response = client.exchange(request);

        assertThat(response.status()).isIn(0, 400, 501);
        assertThat(response.count()).isLessThan(2);
        assertThat(response.text()).doesNotContain("token=");
    }

    @Test
    void chunks_ofARightRequest_areRead() throws IOException {
        String request = client.request("POST", "/api/1/address", "", "Transfer-Encoding: chunked") + "0\r\n\r\n";

        assertThat(client.exchange(request).status()).isEqualTo(200);
    }

    @Test
    void chunks_thatAreWrong_areRefused() throws IOException {
        String request =
                client.request("POST", "/api/1/address", "", "Transfer-Encoding: chunked") + "zz\r\n" + HIDDEN;

        RawResponse response = client.exchange(request);

        assertThat(response.text()).doesNotContain("token=");
    }
}
