package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An action needs more than the cookie that a browser sends by itself (CSRF). */
class ForgedActionTest {
    private static final String PIN = "/api/1/actions/pin";

    @TempDir
    Path folder;

    @Test
    void action_withTheCookieAlone_isRefused() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            RawClient browser = served.browser();
            String body = pin(served);

            assertThat(browser.post(PIN, body).status()).isEqualTo(403);
            assertThat(browser.post(PIN, body, "X-Experimaestro: ").status()).isEqualTo(403);
            assertThat(browser.post(PIN, body, "X-Experimaestro: wrong").status()).isEqualTo(403);
            assertThat(browser.post(PIN, body, ServedWorkspace.actionHeader(served.browser()))
                            .status())
                    .isEqualTo(403);
            assertThat(served.job().pin().find()).isEmpty();
        }
    }

    @Test
    void action_withTheTokenOfItsSession_isDone() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            RawClient browser = served.browser();

            RawResponse response = browser.post(PIN, pin(served), ServedWorkspace.actionHeader(browser));

            assertThat(response.status()).isEqualTo(200);
            assertThat(served.job().pin().find()).isPresent();
        }
    }

    @Test
    void action_ofAServerThatOnlyReads_isRefused() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.readOnly(folder)) {
            RawClient browser = served.browser();

            RawResponse response = browser.post(PIN, pin(served), ServedWorkspace.actionHeader(browser));

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.body()).contains("--read-only");
            assertThat(served.script().post(PIN, pin(served)).status()).isEqualTo(403);
            assertThat(served.job().pin().find()).isEmpty();
        }
    }

    private static String pin(ServedWorkspace served) {
        return "{\"jobs\":[\"" + served.job().name() + "\"],\"reason\":\"kept\"}";
    }
}
