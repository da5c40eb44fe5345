package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites, and of other programs of this machine, get no answer, whatever cookies the browser sends. */
class OtherSiteTest {
    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient browser;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        browser = served.browser();
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "http://127.0.0.1.evil"})
    void origin_ofAnotherSite_isRefused(String origin) throws IOException {
        assertThat(browser.get("/api/1/workspace", "Origin: " + origin).status())
                .isEqualTo(403);
        assertThat(browser.get("/api/1/live?of=workspace", "Origin: " + origin).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void fetch_ofAnotherSite_isRefused(String site) throws IOException {
        assertThat(browser.get("/api/1/workspace", "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: no-cors")
                        .status())
                .isEqualTo(403);
        assertThat(browser.get("/", "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void ownPage_itsRequests_areAnswered() throws IOException {
        String own = "Origin: http://127.0.0.1:" + browser.port();

        assertThat(browser.get("/api/1/workspace", own, "Sec-Fetch-Site: same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/", "Sec-Fetch-Site: none").status()).isEqualTo(200);
    }

    @Test
    void link_ofAnotherPage_opensThePage() throws IOException {
        assertThat(browser.get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                        .status())
                .isEqualTo(200);
    }
}
