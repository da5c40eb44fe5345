package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line breaks in an address make no header of their own. */
class HeaderInjectionTest {
    private static final String BREAK = "%0d%0aX-Injected:%20yes%0d%0aSet-Cookie:%20a=b";

    @TempDir
    Path folder;

    private ServedWorkspace served;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/BREAK",
                "/a?BREAK=x",
                "/?q=BREAK",
                "/api/1/BREAK",
                "/api/1/workspace?BREAK",
                "/api/1/live?of=BREAK",
                "/api/1/live?of=workspace%3Fa%3DBREAK",
                "JOB/files/BREAK",
                "JOB/log?stream=BREAK",
                "JOB/log?from=BREAK",
                "JOB/log/search?text=BREAK",
                "JOB/log/search?regex=1&text=(BREAK"
            })
    void address_withLineBreaks_makesNoHeader(String target) throws IOException {
        String filled = target.replace("JOB", served.jobPath()).replace("BREAK", BREAK);
        if (filled.startsWith("/api/1/live?of=workspace")) {
            assertNone(served.script().head(filled)); // its answer would not end
            return;
        }
        assertNone(served.script().get(filled));
        assertNone(served.stranger().get(filled));
        String address = served.server().address();
        String token = address.substring(address.indexOf("token="));
        assertNone(served.stranger().get(filled + (filled.contains("?") ? "&" : "?") + token));
    }

    private static void assertNone(RawResponse response) {
        assertThat(response.status()).isPositive();
        assertThat(response.headers()).doesNotContainKey("x-injected");
        assertThat(response.header("set-cookie")).doesNotContain("a=b");
    }
}
