package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Files, names and addresses that others have chosen never become a document that acts. */
class HostileContentTest {
    private static final String SCRIPT = "<script>alert(1)</script>";

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
    @ValueSource(strings = {"a.html", "a.svg", "a.xhtml", "a.xml", "a.js", "a", "a.htm", "a.pdf", "a.css"})
    void file_thatIsADocument_isPlainTextInASandbox(String name) throws IOException {
        Files.writeString(served.job().path().resolve(name), "<html>" + SCRIPT);

        RawResponse response = client.get(served.jobPath() + "/files/" + name);

        assertThat(response.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(response.header("content-security-policy")).startsWith("sandbox; default-src 'none'");
    }

    @Test
    void file_thatIsNoText_isStored() throws IOException {
        Files.write(served.job().path().resolve("\"; a.bin"), new byte[] {0, 1, 2});

        RawResponse response = client.get(served.jobPath() + "/files/%22%3B%20a.bin");

        assertThat(response.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(response.header("content-disposition")).isEqualTo("attachment; filename*=UTF-8''%22%3B%20a.bin");
    }

    @Test
    void image_thatIsADocument_isSentAsPixels() throws IOException {
        Files.writeString(served.job().path().resolve("a.png"), "<html>" + SCRIPT);

        RawResponse response = client.get(served.jobPath() + "/files/a.png");

        assertThat(response.header("content-type")).isEqualTo("image/png");
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/1/SCRIPT",
                "/api/1/live?of=SCRIPT",
                "/api/1/jobs/SCRIPT/SCRIPT/log",
                "JOB/log?stream=SCRIPT",
                "JOB/log?from=SCRIPT",
                "JOB/log/search?regex=1&text=(SCRIPT",
                "JOB/files/SCRIPT"
            })
    void problem_withTextOfTheAddress_isJson(String target) throws IOException {
        String escaped = "%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", "");
        RawResponse response =
                client.get(target.replace("JOB", served.jobPath()).replace("SCRIPT", escaped));

        assertThat(response.status()).isIn(400, 404);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.header("content-security-policy")).startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%3Cscript%3E", "/?q=%3Cscript%3E", "/?token=%3Cscript%3E", "/?token=%22%3E%3Cscript%3E"})
    void pageForStrangers_hasNothingOfTheAddress(String target) throws IOException {
        assertThat(served.stranger().get(target).body()).doesNotContain("<script>", "%3C");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%ff",
                "/api/1/jobs/%c3/x/log",
                "/api/1/%",
                "/%4",
                "/%zz",
                "/a%80b",
                "/api/1/workspace?q=%zz",
                "/api/1/jobs?q=%ff",
                "/api/1/jobs?q=a%c3+b",
                "/api/1/jobs?%ff=1"
            })
    void address_thatIsNoText_isRefused(String target) throws IOException {
        assertThat(client.get(target).status()).isEqualTo(400);
        assertThat(client.get("/api/1/jobs?q=%ff").text())
                .contains("Cannot read the address: \\\"%ff\\\" has escapes that are not UTF-8");
        assertThat(client.get("/" + new String(new byte[] {(byte) 0xc3, (byte) 0x28}, StandardCharsets.ISO_8859_1))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/1/workspace", "JOB/log", "JOB/files/.experimaestro/stdout-1.log"})
    void answer_withSecrets_isNeverCompressed(String target) throws IOException {
        RawResponse response =
                served.browser().get(target.replace("JOB", served.jobPath()), "Accept-Encoding: gzip, deflate, br");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).doesNotContainKey("content-encoding");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void responses_ofAllKinds_haveTheHeadersThatProtect() throws IOException {
        for (String target : new String[] {"/", "/api/1/workspace", "/api/1/no", "/%zz", served.jobPath() + "/log"}) {
            RawResponse response = client.get(target.equals("/%zz") ? "/%ff" : target);

            assertThat(response.header("content-security-policy")).contains("default-src 'none'", "frame-ancestors");
            assertThat(response.header("x-frame-options")).isEqualTo("DENY");
            assertThat(response.header("referrer-policy")).isEqualTo("no-referrer");
            assertThat(response.header("cross-origin-opener-policy")).isEqualTo("same-origin");
            assertThat(response.header("cross-origin-resource-policy")).isEqualTo("same-origin");
        }
    }
}
