package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
    @ValueSource(
            strings = {"/", "/debug/latest/jobs", "/assets/index.js", "/api/1/workspace", "/api/1/live?of=workspace"})
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
        assertThat(response.header("location")).startsWith("/#key=");
        assertThat(response.header("set-cookie"))
                .startsWith("experimaestro-")
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=5184000");
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
    void address_unusedForAQuarterOfAnHour_isRefused_andANewOneOpens() throws IOException {
        String late = target();
        String inTime = target();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(15)));
        assertThat(served.stranger().get(inTime).status()).isEqualTo(303);
        now.updateAndGet(time -> time.plusMillis(1));

        RawResponse refused = served.stranger().get(late);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("is older than 15 minutes", "press Enter");
        assertThat(served.stranger().get(target()).status()).isEqualTo(303);
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

        assertThat(response.header("location")).startsWith("/a%20b/latest/jobs?q=state%3Dfailed&by=type#key=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "/%2f%2fevil.example", "/\\evil.example", "http://evil.example/"})
    void address_thatNamesAnotherSite_doesNotLeadThere(String target) throws IOException {
        RawResponse response = served.stranger().get(target + "?token=" + target().replace("/?token=", ""));

        assertThat(response.header("location").replaceFirst("#key=.*", "")).isIn("", "/");
    }

    @Test
    void cookie_thatTheClientInvents_isNeverASession() throws IOException {
        String name = served.browser().headers().get("Cookie").replaceFirst("=.*", "");
        RawClient fixed = new RawClient(served.server().port(), Map.of("Cookie", name + "=chosenByAnAttacker"));

        RawResponse entered = fixed.get(target());

        assertThat(entered.header("set-cookie")).doesNotContain("chosenByAnAttacker");
        assertThat(fixed.get("/api/1/workspace").status()).isEqualTo(401);
    }

    @Test
    void cookie_besideOneOfAnotherProgram_isFound() throws IOException {
        RawClient browser = served.browser();
        String cookie = browser.headers().get("Cookie");
        Map<String, String> both = new HashMap<>(browser.headers());
        both.put("Cookie", cookie.replaceFirst("=.*", "") + "=planted; " + cookie);

        assertThat(new RawClient(browser.port(), both).get("/api/1/workspace").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/1/workspace", "/api/1/live?of=workspace", "JOB/log", "JOB/files/.experimaestro/done.json"})
    void cookie_thatAnotherPortHasGot_opensNothing(String target) throws IOException {
        RawClient browser = served.browser();
        RawClient cookie = ServedWorkspace.cookieOf(browser);

        RawResponse response = cookie.get(target.replace("JOB", served.jobPath()));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).contains("does not have the key of its session", "press Enter");
        assertThat(cookie.get("/?token=guessed").header("location")).isEqualTo("/");
    }

    @Test
    void cookie_ofThePage_opensTheDocumentAlone() throws IOException {
        RawClient cookie = ServedWorkspace.cookieOf(served.browser());

        assertThat(cookie.get("/debug/latest/jobs").status()).isEqualTo(200);
        assertThat(cookie.post("/api/1/address", "").status()).isEqualTo(401);
    }

    @Test
    void file_withTheKeyInItsAddress_isOpenedByTheBrowserItself() throws IOException {
        RawResponse entered = served.stranger().get(target());
        String fileKey = entered.header("location").replaceFirst(".*#key=[^.]+\\.", "");
        RawClient cookie = new RawClient(
                served.server().port(),
                Map.of("Cookie", entered.header("set-cookie").replaceFirst(";.*", "")));
        String file = served.jobPath() + "/files/.experimaestro/done.json?key=";

        assertThat(cookie.get(file + fileKey).status()).isEqualTo(200);
        assertThat(cookie.get(file + "wrong").status()).isEqualTo(401);
        assertThat(served.stranger().get(file + fileKey).status()).isEqualTo(401);
        assertThat(cookie.get("/api/1/workspace?key=" + fileKey).status()).isEqualTo(401);
    }

    @Test
    void address_openedAgainInTheSameBrowser_givesItsKeyAgain() throws IOException {
        RawClient browser = served.browser();

        RawResponse response = ServedWorkspace.cookieOf(browser).get(target());

        assertThat(response.headers()).doesNotContainKey("set-cookie");
        assertThat(response.header("location"))
                .contains("#key=" + browser.headers().get("X-Experimaestro") + ".");
    }

    @Test
    void cookies_ofTwoServersAtOnce_haveTwoNames() throws IOException {
        try (ServedWorkspace other = ServedWorkspace.start(folder.resolve("other"))) {
            String name = served.browser().headers().get("Cookie").replaceFirst("=.*", "");

            assertThat(other.browser().headers().get("Cookie")).doesNotStartWith(name + "=");
            assertThat(served.browser().headers().get("Cookie")).startsWith(name + "=");
        }
    }

    @Test
    void session_unusedForAWeek_hasEnded() throws IOException {
        RawClient browser = served.browser();
        now.updateAndGet(time -> time.plus(Duration.ofDays(6)));
        assertThat(browser.get("/api/1/workspace").status()).isEqualTo(200);
        now.updateAndGet(time -> time.plus(Duration.ofDays(6)));
        assertThat(browser.get("/api/1/workspace").status()).isEqualTo(200);

        now.updateAndGet(time -> time.plus(Duration.ofDays(8)));

        assertThat(browser.get("/api/1/workspace").status()).isEqualTo(401);
    }

    @Test
    void session_usedForTwoMonths_hasEnded() throws IOException {
        RawClient browser = served.browser();
        for (int day = 0; day < 60; day += 5) {
            assertThat(browser.get("/api/1/workspace").status()).isEqualTo(200);
            now.updateAndGet(time -> time.plus(Duration.ofDays(5)));
        }

        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));

        assertThat(browser.get("/api/1/workspace").status()).isEqualTo(401);
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

        assertThat(first.get("/api/1/workspace").status()).isEqualTo(401);
        assertThat(second.get("/api/1/workspace").status()).isEqualTo(200);
    }

    private String target() {
        String address = served.server().address();
        return address.substring(address.indexOf("/?"));
    }
}
