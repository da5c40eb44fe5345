package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets a session but by an address that was not used before, and no session is for ever. */
class SessionTest {
    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-18T09:00:00Z"));
    private ServedWorkspace served;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder, now::get);
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/debug/latest/jobs", "/assets/index.js", "/api/1/workspace", "/api/1/live?of=workspace"})
    void request_withoutSession_isRefused(String target) throws IOException {
        RawResponse response = served.stranger().get(target);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).doesNotContainKey("set-cookie");
        assertThat(response.body()).doesNotContain(folder.toString());
    }

    @Test
    void address_once_givesACookieThatScriptsAndOtherSitesDoNotHave() throws IOException {
        RawResponse response = served.stranger().get(target());

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("location")).isEqualTo("/");
        assertThat(response.header("set-cookie"))
                .startsWith("experimaestro-" + served.server().port() + "=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(response.header("referrer-policy")).isEqualTo("no-referrer");
    }

    @Test
    void address_twice_isRefused() throws IOException {
        String target = target();
        served.stranger().get(target);

        RawResponse again = served.stranger().get(target);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.headers()).doesNotContainKey("set-cookie");
        assertThat(again.body()).contains("has been used", "press Enter");
    }

    @Test
    void address_usedByABrowserWithASession_leadsToThePage() throws IOException {
        RawClient browser = served.browser();
        String target = target();
        served.stranger().get(target);

        RawResponse response = browser.get(target);

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("location")).isEqualTo("/");
    }

    @Test
    void address_ofAView_keepsPathAndQueryButNotTheToken() throws IOException {
        String token = target().replace("/?token=", "");

        RawResponse response = served.stranger().get("/a%20b/latest/jobs?q=state%3Dfailed&token=" + token + "&by=type");

        assertThat(response.header("location")).isEqualTo("/a%20b/latest/jobs?q=state%3Dfailed&by=type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "/%2f%2fevil.example", "/\\evil.example", "http://evil.example/"})
    void address_thatNamesAnotherSite_doesNotLeadThere(String target) throws IOException {
        RawResponse response = served.stranger().get(target + "?token=" + target().replace("/?token=", ""));

        assertThat(response.header("location")).isIn("", "/");
    }

    @Test
    void cookie_thatTheClientInvents_isNeverASession() throws IOException {
        String name = "experimaestro-" + served.server().port();
        RawClient fixed = new RawClient(served.server().port(), Map.of("Cookie", name + "=chosenByAnAttacker"));

        RawResponse entered = fixed.get(target());

        assertThat(entered.header("set-cookie")).doesNotContain("chosenByAnAttacker");
        assertThat(fixed.get("/api/1/workspace").status()).isEqualTo(401);
    }

    @Test
    void cookie_besideOneOfAnotherProgram_isFound() throws IOException {
        RawClient browser = served.browser();
        String name = "experimaestro-" + served.server().port();
        RawClient both = new RawClient(
                browser.port(), Map.of("Cookie", name + "=planted; " + browser.headers().get("Cookie")));

        assertThat(both.get("/api/1/workspace").status()).isEqualTo(200);
    }

    @Test
    void session_unusedForAWeek_hasEnded() throws IOException {
        RawClient browser = served.browser();
        now.updateAndGet(time -> time.plus(Duration.ofDays(6)));
        assertThat(browser.get("/api/1/session").status()).isEqualTo(200);
        now.updateAndGet(time -> time.plus(Duration.ofDays(6)));
        assertThat(browser.get("/api/1/session").status()).isEqualTo(200);

        now.updateAndGet(time -> time.plus(Duration.ofDays(8)));

        assertThat(browser.get("/api/1/session").status()).isEqualTo(401);
    }

    @Test
    void session_usedForTwoMonths_hasEnded() throws IOException {
        RawClient browser = served.browser();
        for (int day = 0; day < 60; day += 5) {
            assertThat(browser.get("/api/1/session").status()).isEqualTo(200);
            now.updateAndGet(time -> time.plus(Duration.ofDays(5)));
        }

        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));

        assertThat(browser.get("/api/1/session").status()).isEqualTo(401);
    }

    @Test
    void sessions_tooMany_endTheOneUnusedForLongest() throws IOException {
        RawClient first = served.browser();
        now.updateAndGet(time -> time.plusSeconds(1));
        RawClient second = served.browser();
        now.updateAndGet(time -> time.plusSeconds(1));
        for (int i = 0; i < 63; i++) {
            served.browser();
        }

        assertThat(first.get("/api/1/session").status()).isEqualTo(401);
        assertThat(second.get("/api/1/session").status()).isEqualTo(200);
    }

    private String target() {
        String address = served.server().address();
        return address.substring(address.indexOf("/?"));
    }
}
