package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.web.ApiOptions;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.WebApi;
import org.experimaestro.web.WebOptions;
import org.experimaestro.web.WebServer;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server of a page whose workspace is at a far end. */
@Tag("thorough")
@Timeout(120)
class FarPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GIGABYTE = 1L << 30;

    @TempDir
    private Path folder;

    private JobFolder job;
    private SideProcess board;
    private WebApi there;
    private FakeFarHost host;
    private WebServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        WrittenWorkspace written = new WrittenWorkspace(folder.resolve("work"));
        job = written.begun("sample.learn", 1, Instant.now());
        Files.writeString(job.standardOutput(1), "first line\nsecond line\n");
        RunFolder run = written.run("grid", Map.of(), List.of());
        board = service(run, "board", 4711);
        var _ = service(run, "closed", FakeFarHost.REFUSED);
        there = WebApi.open(new ApiOptions(
                written.workspace(),
                false,
                "test",
                Map.of(),
                (folderOfJob, batchJob, limit) -> new JobStatus.New(),
                Optional.of("far")));
        host = FakeFarHost.of(there);
        WebOptions options = new WebOptions(
                WebOptions.LOOPBACK, OptionalInt.of(0), true, Files.createDirectories(folder.resolve("state")));
        server = WebServer.start(options, FarApi.open(host, Duration.ofMillis(100)));
        client = new RawClient(
                server.port(), Map.of("Authorization", "Bearer " + server.page().token()));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        there.close();
    }

    @Test
    void get_workspaceAndLog_areThoseThere() throws IOException {
        assertThat(client.get("/api/1/workspace").body())
                .contains("\"jobs\":1,", folder.resolve("work").toString());
        assertThat(client.get("/api/1/jobs/" + job.name() + "/log").body()).contains("second line");
        assertThat(server.page().workspace())
                .isEqualTo("far:" + folder.resolve("work").toRealPath());
    }

    @Test
    void get_commands_areThoseOfTheHost() throws IOException {
        assertThat(client.get("/api/1/jobs").body()).contains("\"command\":\"ssh far 'experimaestro jobs list ");
    }

    private static SideProcess service(RunFolder run, String name, int port) throws IOException {
        SideFolder service = SideFolder.of(run, SideKind.SERVICE, name);
        service.declare(new ServiceDescription(
                List.of("board", "{port}"), Map.of(), true, "/a?b=c", Duration.ofSeconds(2), List.of("a.jar")));
        SideProcess process = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(process.begin()).isTrue();
        process.ready(port);
        return process;
    }

    @Test
    void get_addressOfAService_isThatOfAForwardedPort() throws IOException {
        String target = "/api/1/runs/grid/latest/services/board/address";
        assertThat(client.get(target).body())
                .contains("\"address\":\"http://127.0.0.1:4712/a?b=c\"", "\"host\":\"far\"");
        assertThat(host.forwarded()).containsExactly(4711);

        board.end(SideStatus.State.STOPPED, "");
        // An answer that was just made is given again.
        Await.until("the service to be gone", PATIENCE, () -> statusOf(target) == 409);
        assertThat(host.forwarded()).isEmpty();
    }

    /** No answer of the host in a stream is read here, so no stream has an address. */
    @Test
    void live_addressOfAService_isRefused() throws IOException {
        RawResponse response = client.get("/api/1/live?of=runs/grid/latest/services/board/address");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("ask for it by a request of its own");
    }

    /** The page knows from here, and not from the host, that it must ask for addresses. */
    @Test
    void get_page_saysThatItsWorkspaceIsFar() throws IOException {
        assertThat(client.get("/").body()).contains("<html lang=\"en\" data-far>");
    }

    @Test
    void get_addressThatTheHostDoesNotForward_saysWhy() throws IOException {
        RawResponse response = client.get("/api/1/runs/grid/latest/services/closed/address");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.body()).contains("the host refuses");
    }

    @Test
    void get_wrongPath_isRefusedWithTheSecurityHeaders() throws IOException {
        RawResponse response = client.get("/api/1/nothing");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("content-security-policy")).contains("default-src 'none'");
        assertThat(client.send("PUT", "/api/1/workspace", "").status()).isEqualTo(405);
    }

    @Test
    void get_withoutASession_isRefusedHere() throws IOException {
        assertThat(new RawClient(server.port(), Map.of())
                        .get("/api/1/workspace")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void post_actionOfAReadOnlyPage_isRefused() throws IOException {
        assertThat(client.post("/api/1/actions/kill", "{}").status()).isEqualTo(403);
    }

    @Test
    void get_rangeOfALargeFile_isSentWithoutReadingTheRest() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(job.path().resolve("model.bin").toFile(), "rw")) {
            file.setLength(GIGABYTE);
            file.seek(GIGABYTE - 4);
            file.write("tail".getBytes(StandardCharsets.US_ASCII));
        }
        String target = "/api/1/jobs/" + job.name() + "/files/model.bin";
        RawResponse end = client.get(target, "Range: bytes=-4");
        assertThat(end.status()).isEqualTo(206);
        assertThat(end.body()).isEqualTo("tail");
        assertThat(end.header("content-range")).isEqualTo("bytes 1073741820-1073741823/1073741824");

        assertThat(bytesOf(target)).isGreaterThan(GIGABYTE).isLessThan(GIGABYTE + 2_000);
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(used).as("not in memory").isLessThan(GIGABYTE);
    }

    private long bytesOf(String target) throws IOException {
        try (Socket socket = client.open()) {
            RawClient.write(socket, client.request("GET", target, ""));
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[1 << 16];
            long all = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                all += count;
            }
            return all;
        }
    }

    @Test
    void live_connectionCut_endsTheStreamAndTheNextOneHasTheWholeTruth() throws IOException {
        try (Socket stream = client.open()) {
            RawClient.write(stream, client.request("GET", "/api/1/live?of=workspace", ""));
            StringBuilder came = new StringBuilder();
            while (!came.toString().contains("event: beat")) {
                came.append((char) stream.getInputStream().read());
            }
            assertThat(came).contains("event: answer", "\"jobs\":1");

            host.last().cut();

            assertThat(new String(RawClient.readAll(stream), StandardCharsets.UTF_8))
                    .as("cut, and not taken for the end")
                    .doesNotContain("problem")
                    .doesNotEndWith("0\r\n\r\n");
        }
        Await.until("the connection to be back", PATIENCE, () -> host.starts() == 2 && isAnswered());
        try (Socket again = client.openStream("/api/1/live?of=workspace")) {
            StringBuilder came = new StringBuilder();
            while (!came.toString().contains("\"jobs\":1")) {
                came.append((char) again.getInputStream().read());
            }
        }
    }

    private boolean isAnswered() {
        return statusOf("/api/1/workspace") == 200;
    }

    private int statusOf(String target) {
        try {
            return client.get(target).status();
        } catch (IOException cut) {
            return 0;
        }
    }
}
