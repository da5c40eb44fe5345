package org.experimaestro.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** A server of a written workspace with one job, in this process, and what its clients know. */
public final class ServedWorkspace implements AutoCloseable {
    // Seconds after which the server cuts requests that do not come, in place of ten and thirty.
    static {
        System.setProperty("sun.net.httpserver.maxReqTime", "2");
        System.setProperty("sun.net.httpserver.idleInterval", "4");
        System.setProperty("sun.net.httpserver.clockTick", "250");
    }

    private final WrittenWorkspace written;
    private final JobFolder job;
    private final WebServer server;

    private ServedWorkspace(Path folder, boolean readOnly, InstantSource clock, Duration mostWriting)
            throws IOException {
        written = new WrittenWorkspace(folder.resolve("work"));
        job = written.begun("sample.learn", 1, clock.instant());
        Files.writeString(job.standardOutput(1), "first line\nsecond line\n");
        job.attempt(1).done(clock.instant().toEpochMilli(), Map.of(), null);
        ApiOptions api = new ApiOptions(
                written.workspace(),
                readOnly,
                "test",
                Map.of(),
                (folderOfJob, batchJob, limit) -> new JobStatus.New(),
                Optional.empty());
        WebOptions options = new WebOptions(
                WebOptions.LOOPBACK, OptionalInt.of(0), readOnly, Files.createDirectories(folder.resolve("state")));
        server = WebServer.start(options, WebApi.open(api, clock), clock, mostWriting);
    }

    public static ServedWorkspace start(Path folder) throws IOException {
        return new ServedWorkspace(folder, false, Clock.systemUTC(), Duration.ofSeconds(30));
    }

    public static ServedWorkspace readOnly(Path folder) throws IOException {
        return new ServedWorkspace(folder, true, Clock.systemUTC(), Duration.ofSeconds(30));
    }

    public static ServedWorkspace start(Path folder, InstantSource clock) throws IOException {
        return new ServedWorkspace(folder, false, clock, Duration.ofSeconds(30));
    }

    /** Starts a server that gives up a client that reads nothing for so long. */
    public static ServedWorkspace start(Path folder, Duration mostWriting) throws IOException {
        return new ServedWorkspace(folder, false, Clock.systemUTC(), mostWriting);
    }

    public WebServer server() {
        return server;
    }

    public WrittenWorkspace written() {
        return written;
    }

    public JobFolder job() {
        return job;
    }

    /** Returns the path of the job in the API, without a slash at its end. */
    public String jobPath() {
        return "/api/1/jobs/" + job.name();
    }

    /** Returns a client that has nothing to show. */
    public RawClient stranger() {
        return new RawClient(server.port(), Map.of());
    }

    /** Returns a client with the token of scripts. */
    public RawClient script() {
        String token = server.page().token();
        return new RawClient(server.port(), Map.of("Authorization", "Bearer " + token));
    }

    /** Returns a client with a session of its own, and the key of its page. */
    public RawClient browser() throws IOException {
        String address = server.address();
        RawResponse entered = stranger().get(address.substring(address.indexOf("/?")));
        String cookie = entered.header("set-cookie").replaceFirst(";.*", "");
        String key = entered.header("location").replaceFirst(".*#key=([^.]+)\\..*", "$1");
        return new RawClient(server.port(), Map.of("Cookie", cookie, "X-Experimaestro", key));
    }

    /** Returns what another port of the host gets of a browser: its cookie, without what its page keeps. */
    public static RawClient cookieOf(RawClient browser) {
        return new RawClient(
                browser.port(),
                Map.of("Cookie", String.valueOf(browser.headers().get("Cookie"))));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
