package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path of a file leads out of the job's folder, and no name of a job leads to another folder. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraversalTest {
    private static final String SECRET = "the secret of somebody else";

    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient client;
    private Path secret;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        client = served.script();
        secret = Files.writeString(served.job().path().resolveSibling("secret.txt"), SECRET);
        Files.createDirectories(served.job().path().resolve("inner"));
        Files.writeString(served.job().path().resolve("inner/own.txt"), "my own file");
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @Test
    void file_inAFolderOfTheJob_isSent() throws IOException {
        RawResponse response = file("inner/own.txt");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("my own file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "inner/../../secret.txt",
                "%2e%2e/secret.txt",
                ".%2e/secret.txt",
                "..%2fsecret.txt",
                "%2e%2e%2fsecret.txt",
                "%252e%252e%252fsecret.txt",
                "..%5csecret.txt",
                "..\\secret.txt",
                "inner/own.txt%00",
                "%00/../secret.txt",
                "..;/secret.txt",
                "%c0%ae%c0%ae/secret.txt",
                "//secret.txt",
                "./../secret.txt"
            })
    void file_pathThatLeadsOut_isRefused(String path) throws IOException {
        RawResponse response = file(path);

        assertThat(response.status()).isIn(400, 403, 404);
        assertThat(response.text()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "%2e%2e", "..%2f..", "sample.learn%2f..", ".", "%00", "%2fetc"})
    void job_nameThatLeadsElsewhere_isRefused(String name) throws IOException {
        String id = served.job().id().toString();

        assertThat(client.get("/api/1/jobs/" + name + "/" + id + "/files/secret.txt")
                        .status())
                .isIn(400, 404);
        assertThat(client.get("/api/1/jobs/sample.learn/" + name + "/files/secret.txt")
                        .status())
                .isIn(400, 404);
        assertThat(client.get("/api/1/jobs/sample.learn/" + name + "/log").status())
                .isIn(400, 404);
    }

    @Test
    void file_behindALink_isRefused() throws IOException {
        Path job = served.job().path();
        Files.createSymbolicLink(job.resolve("link.txt"), secret);
        Files.createSymbolicLink(job.resolve("out"), job.getParent());

        assertThat(file("link.txt").status()).isEqualTo(403);
        assertThat(file("out/secret.txt").text()).doesNotContain(SECRET);
        assertThat(file("out/secret.txt").status()).isEqualTo(403);
    }

    @Test
    void log_inPlaceOfWhichALinkStands_isRefused() throws IOException {
        Path log = served.job().standardOutput(1);
        Files.delete(log);
        Files.createSymbolicLink(log, secret);

        for (String question : List.of("/log", "/log/search?text=secret")) {
            RawResponse response = client.get(served.jobPath() + question);

            assertThat(response.text())
                    .doesNotContain(SECRET)
                    .contains("Cannot open the log stdout-1.log: a symbolic link that leads out of its folder");
            assertThat(response.status()).isEqualTo(403);
        }
    }

    @Test
    void file_thatIsAPipe_doesNotKeepTheServerWaiting() throws IOException, InterruptedException {
        Path pipe = served.job().path().resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertThat(file("pipe").status()).isEqualTo(403);
        assertThat(file("inner").status()).isEqualTo(403);
    }

    @Test
    void file_whoseFolderIsExchangedMeanwhile_neverLeadsOut() throws IOException, InterruptedException {
        Path job = served.job().path();
        Path real = Files.createDirectories(job.resolve("real"));
        Files.writeString(real.resolve("secret.txt"), "my own file");
        Path link = Files.createSymbolicLink(job.resolve("link"), job.getParent());
        Path place = job.resolve("place");
        AtomicBoolean isOver = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> exchange(real, link, place, isOver));
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(file("place/secret.txt").text()).doesNotContain(SECRET);
            }
        } finally {
            isOver.set(true);
            attacker.join();
        }
    }

    private static void exchange(Path real, Path link, Path place, AtomicBoolean isOver) {
        while (!isOver.get()) {
            try {
                Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
                Files.move(place, link, StandardCopyOption.ATOMIC_MOVE);
                Files.move(real, place, StandardCopyOption.ATOMIC_MOVE);
                Files.move(place, real, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private RawResponse file(String path) throws IOException {
        return client.get(served.jobPath() + "/files/" + path);
    }
}
