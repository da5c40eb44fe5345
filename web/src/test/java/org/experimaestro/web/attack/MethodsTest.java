package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods other than GET and POST reach nothing, and HEAD holds nothing. */
class MethodsTest {
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
    @ValueSource(strings = {"TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "<script>"})
    void method_unknown_isRefused(String method) throws IOException {
        for (String target : new String[] {"/", "/api/1/workspace", "/api/1/actions/kill", served.jobPath() + "/log"}) {
            RawResponse response = client.send(method, target, "", "X-Secret: reflected");

            assertThat(response.status()).as(method + " " + target).isIn(400, 405);
            assertThat(response.text()).doesNotContain("reflected", "access-control-allow");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/b/jobs", "/api/1/workspace", "/api/1/nothing", "JOB/log", "JOB/log/search?text=a",
            "JOB/files/.experimaestro/stdout-1.log", "/api/1/live?of=workspace"})
    void head_ofARoute_hasTheHeadersOfGetAndNoBody(String target) throws IOException {
        String filled = target.replace("JOB", served.jobPath());

        RawResponse head = client.head(filled);

        assertThat(head.body()).isEmpty();
        if (!filled.contains("live")) {
            RawResponse get = client.get(filled);
            assertThat(head.status()).isEqualTo(get.status());
            assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
            assertThat(head.header("content-security-policy")).isEqualTo(get.header("content-security-policy"));
            if (!get.header("content-length").isEmpty()) {
                assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
            }
        }
    }

    @Test
    void head_ofManyStreams_takesNoPlaces() throws IOException {
        for (int i = 0; i < 40; i++) {
            assertThat(client.head("/api/1/live?of=workspace").status()).isEqualTo(200);
            assertThat(client.head(served.jobPath() + "/log/search?text=a").status())
                    .isEqualTo(200);
        }

        client.openStream("/api/1/live?of=workspace").close();
        assertThat(client.get(served.jobPath() + "/log/search?text=first").body())
                .contains("\"matches\":1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void head_ofAFile_leavesNoFileOpen() throws IOException {
        String file = served.jobPath() + "/files/.experimaestro/stdout-1.log";
        for (int i = 0; i < 10; i++) {
            assertThat(client.head(file).status()).isEqualTo(200);
            assertThat(client.get(file, "Range: bytes=999-").status()).isEqualTo(416);
            assertThat(client.get(file, "If-None-Match: *", "Range: bytes=0-3").status())
                    .isEqualTo(206);
        }

        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(descriptor -> isOpen(descriptor, served.job().standardOutput(1))))
                    .isEmpty();
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
