package org.experimaestro.web.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private static final Path BUILT = Path.of("src/main/resources/page");

    @Test
    void list_ofTheBuild_namesEachOfItsFiles() throws IOException {
        try (Stream<Path> files = Files.walk(BUILT)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> BUILT.relativize(file).toString())
                    .filter(name -> !name.equals(Assets.LIST))
                    .sorted()
                    .toList();

            assertThat(Files.readAllLines(BUILT.resolve(Assets.LIST))).isEqualTo(names);
        }
    }

    @Test
    void answer_addressOfAView_isTheDocument() throws IOException {
        Response root = answer(List.of(), Map.of());

        assertThat(text(root)).contains("<!doctype html>");
        assertThat(text(answer(List.of("debug", "latest", "jobs"), Map.of()))).isEqualTo(text(root));
        assertThat(root.headers()).containsEntry("cache-control", "no-cache");
        assertThat(root.type()).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void answer_fileOfTheBuild_isKeptByBrowsers() throws IOException {
        Response script = answer(List.of(script().split("/")), Map.of());

        assertThat(script.type()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.headers().get("cache-control")).contains("immutable");
    }

    @Test
    void answer_fileThatIsNotOfTheBuild_isRefused() {
        assertThat(catchThrowableOfType(HttpProblem.class, () -> answer(List.of("assets", "old.js"), Map.of()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void answer_browserThatUncompresses_getsTheSameBytes() throws IOException {
        List<String> path = List.of(script().split("/"));

        Response packed = answer(path, Map.of("accept-encoding", List.of("gzip, deflate, br")));

        assertThat(packed.headers()).containsEntry("content-encoding", "gzip");
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(bytes(packed))).readAllBytes();
        assertThat(bytes).isEqualTo(bytes(answer(path, Map.of())));
        assertThat(answer(path, Map.of("accept-encoding", List.of("gzip;q=0, br")))
                        .headers())
                .doesNotContainKey("content-encoding");
    }

    @Test
    void answer_browserThatHasTheFile_getsNoBytes() throws IOException {
        String tag = answer(List.of(), Map.of()).headers().get("etag");

        Response again = answer(List.of(), Map.of("if-none-match", List.of(tag)));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.length()).isZero();
    }

    private static String script() throws IOException {
        return Files.readAllLines(BUILT.resolve(Assets.LIST)).stream()
                .filter(name -> name.endsWith(".js"))
                .findFirst()
                .orElseThrow();
    }

    private static Response answer(List<String> path, Map<String, List<String>> headers) throws IOException {
        return Assets.load(false).answer(new Request("GET", path, Query.NONE, headers, ""));
    }

    private static String text(Response response) throws IOException {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Response response) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        response.body().writeTo(bytes);
        return bytes.toByteArray();
    }
}
