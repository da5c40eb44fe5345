package org.experimaestro.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and logs as clients of the server get them. */
class FileRouteTest {
    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient client;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        client = served.script();
        Files.writeString(served.job().path().resolve("digits.txt"), "0123456789");
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=2-4, 206, 234, bytes 2-4/10",
        "bytes=7-, 206, 789, bytes 7-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-99, 206, 0123456789, bytes 0-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "'bytes=1-2,4-5', 200, 0123456789, ''",
        "lines=1-2, 200, 0123456789, ''",
        "bytes=-, 200, 0123456789, ''",
    })
    void file_range_isItsPart(String range, int status, String body, String answered) throws IOException {
        RawResponse response = client.get(served.jobPath() + "/files/digits.txt", "Range: " + range);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("content-range")).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=5-4", "bytes=-0", "bytes=999999999999999999-"})
    void file_rangeBehindItsEnd_isRefused(String range) throws IOException {
        RawResponse response = client.get(served.jobPath() + "/files/digits.txt", "Range: " + range);

        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("content-range")).isEqualTo("bytes */10");
    }

    @Test
    void log_withoutParameters_isItsEndWithNumbers() throws IOException {
        Map<?, ?> answer = answer("/log");

        assertThat(answer.get("text")).isEqualTo("first line\nsecond line\n");
        assertThat(answer.get("firstLine")).isEqualTo(1L);
        assertThat(answer.get("lines")).isEqualTo(2L);
        assertThat(answer.get("attempt")).isEqualTo(1L);
        assertThat(answer.get("isGrowing")).isEqualTo(false);
        assertThat(answer("/log?from=11").get("from")).isEqualTo(11L);
        assertThat(answer("/log?from=11").get("firstLine")).isEqualTo(2L);
    }

    @Test
    void log_withoutFile_saysWhy() throws IOException {
        assertThat(answer("/log?stream=err").get("none")).isEqualTo("It has printed nothing.");
    }

    @Test
    void log_ofAnAttemptThatIsNotThere_isRefused() throws IOException {
        assertThat(client.get(served.jobPath() + "/log?attempt=2").body()).contains("its attempts are [1]");
        assertThat(client.get(served.jobPath() + "/log?stream=both").body()).contains("expected out or err");
    }

    private Map<?, ?> answer(String target) throws IOException {
        return Objects.requireNonNull(
                (Map<?, ?>) Json.parse(client.get(served.jobPath() + target).body()));
    }
}
