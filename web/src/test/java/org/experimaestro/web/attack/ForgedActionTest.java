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
            RawClient cookie = ServedWorkspace.cookieOf(served.browser());
            String other = served.browser().headers().get("X-Experimaestro");
            String body = pin(served);

            assertThat(cookie.post(PIN, body).status()).isEqualTo(401);
            assertThat(cookie.post(PIN, body, "X-Experimaestro: ").status()).isEqualTo(401);
            assertThat(cookie.post(PIN, body, "X-Experimaestro: wrong").status())
                    .isEqualTo(401);
            assertThat(cookie.post(PIN, body, "X-Experimaestro: " + other).status())
                    .isEqualTo(401);
            assertThat(served.job().pin().find()).isEmpty();
        }
    }

    @Test
    void sideAction_withTheCookieAlone_isRefused() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            RawClient browser = served.browser();
            RawClient cookie = ServedWorkspace.cookieOf(browser);
            String start = "/api/1/actions/start";
            String body = "{\"run\":\"grid/latest\",\"service\":\"board\"}";

            assertThat(cookie.post(start, body).status()).isEqualTo(401);
            assertThat(cookie.get("/api/1/runs/grid/latest/services/board/address")
                            .status())
                    .isEqualTo(401);
            assertThat(browser.post(start, body).status()).isEqualTo(404); // there is no such run
        }
        try (ServedWorkspace served = ServedWorkspace.readOnly(folder.resolve("other"))) {
            assertThat(served.browser().post("/api/1/actions/start", "{}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void action_withTheKeyOfItsPage_isDone() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            RawClient browser = served.browser();

            RawResponse response = browser.post(PIN, pin(served));

            assertThat(response.status()).isEqualTo(200);
            assertThat(served.job().pin().find()).isPresent();
        }
    }

    @Test
    void action_ofAServerThatOnlyReads_isRefused() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.readOnly(folder)) {
            RawClient browser = served.browser();

            RawResponse response = browser.post(PIN, pin(served));

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
