package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that is too large is refused, and the server answers the next one. */
class OversizeTest {
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
        assertThat(client.get("/api/1/workspace").status()).isEqualTo(200);
        served.close();
    }

    @Test
    void headers_ofMoreThan64Kilobytes_areRefused() throws IOException {
        assertThat(client.get("/api/1/workspace", "X: " + "x".repeat(67_000)).status())
                .isIn(0, 400, 431);
        assertThat(client.get("/api/1/workspace", "X: " + "x".repeat(1_000_000)).status())
                .isIn(0, 400, 431);
        String[] many = IntStream.range(0, 101).mapToObj(i -> "X" + i + ": y").toArray(String[]::new);
        assertThat(client.get("/api/1/workspace", many).status()).isIn(0, 400, 431);
        assertThat(client.get("/api/1/workspace", "X: " + "x".repeat(60_000)).status())
                .isEqualTo(200);
    }

    /** A browser sends the cookies of all ports of a host name; Chromium keeps 180 of them. */
    @Test
    void cookies_ofAllPagesThatWereEverServed_areNotTooMany() throws IOException {
        String others = IntStream.range(0, 180)
                .mapToObj(i -> "experimaestro-" + "%032x".formatted(i) + "=" + "y".repeat(43))
                .collect(Collectors.joining("; "));
        Map<String, String> headers = new HashMap<>(served.browser().headers());
        headers.computeIfPresent("Cookie", (name, own) -> others + "; " + own);

        assertThat(new RawClient(client.port(), headers).get("/api/1/workspace").status())
                .isEqualTo(200);
    }

    @Test
    void address_ofMoreThan64Kilobytes_isRefused() throws IOException {
        assertThat(client.get("/api/1/workspace?q=" + "x".repeat(67_000)).status())
                .isIn(0, 400, 414);
        assertThat(client.get("/" + "x/".repeat(34_000)).status()).isIn(0, 400, 414);
    }

    @Test
    void body_ofMoreThan64Kilobytes_isRefused() throws IOException {
        RawResponse response = client.post("/api/1/address", "x".repeat(65 * 1024));
        String endless = client.request("POST", "/api/1/address", "", "Content-Length: 99999999999999");

        assertThat(response.status()).isEqualTo(413);
        assertThat(client.exchange(endless + "x".repeat(70_000)).status()).isIn(0, 413);
    }

    @Test
    void parameters_tooManyOfAStream_areRefused() throws IOException {
        assertThat(client.get("/api/1/live?" + "of=workspace&".repeat(33)).status())
                .isEqualTo(400);
    }
}
