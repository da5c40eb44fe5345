package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.Terminal;
import org.experimaestro.disturbance.program.TestProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code monitor --ssh} over a real ssh: the connection is cut, the server stopped, and the client killed. */
@NeedsSshd
@Timeout(240)
class SshMonitorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern PAGE = Pattern.compile("\"address\":\"(http://[^\"]+)\".*\"token\":\"([^\"]+)\"");

    private static final Pattern ADDRESS = Pattern.compile("\"address\":\"(http://127\\.0\\.0\\.1:[0-9]+/)\"");

    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestProgram program;
    private Path workspace;

    @BeforeEach
    void writeWorkspace() throws IOException {
        CommandFolder commands = CommandFolder.ofSsh(folder.resolve("commands"), server.configuration());
        program =
                TestProgram.in(Files.createDirectories(folder.resolve("here"))).with("PATH", commands.path());
        workspace = folder.resolve("their work");
        Path plan = Files.createDirectories(folder.resolve("plan"));
        Files.writeString(plan.resolve("experiment.java"), """
                import org.experimaestro.*;
                import java.nio.file.*;

                @ConfigType("far.write")
                record Write(int n, @GeneratedPath("out.txt") Path out) implements SelfTask<Write> {
                    @Override
                    public void execute(TaskContext context) throws java.io.IOException {
                        System.out.println("job " + n + " writes");
                        Files.writeString(out, "0123456789");
                    }
                }

                class FarPlan implements ExperimentPlan<FarPlan.Settings> {
                    record Settings() {}

                    @Override
                    public void run(Experiment xp, Settings settings) {
                        xp.submit(WriteBuilder.write().n(1).build());
                        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
                        xp.service(
                                "files",
                                Service.web(Program.of(java, "-m", "jdk.httpserver", "-b", "{host}", "-p", "{port}")
                                        .argument("-d", xp.resultsFolder())));
                    }
                }
                """);
        Path file = Files.writeString(plan.resolve("far.yaml"), "file: experiment\nworkdir: '" + workspace + "'\n");
        ProgramOutcome run = program.run("run-experiment", file.toString());
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private String place() {
        return "test-ssh:" + workspace;
    }

    /** A page that runs. */
    private record Page(Running running, String address, String token) implements AutoCloseable {
        @Override
        public void close() {
            running.close();
        }
    }

    private Page serve(String... more) {
        List<String> command = Stream.concat(
                        Stream.of("monitor", "--ssh", place(), "--web", "--port", "0"), Stream.of(more))
                .toList();
        Running running = program.start(command.toArray(String[]::new));
        running.awaitText("Page:", PATIENCE);
        String listed = program.run("monitor", "--web", "--list", "--json").out();
        Matcher page = PAGE.matcher(listed);
        assertThat(page.find()).as(listed).isTrue();
        return new Page(running, page.group(1), page.group(2));
    }

    private HttpResponse<String> get(Page page, String path, String... headers) throws IOException {
        return send(page, path, request -> request, headers);
    }

    private static String onlyName(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).findFirst().orElseThrow();
        }
    }

    private interface Change {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    private HttpResponse<String> send(Page page, String path, Change change, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page.address() + "/api/1/" + path))
                .header("Authorization", "Bearer " + page.token());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(change.of(request).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private int status(Page page) {
        try {
            return get(page, "workspace").statusCode();
        } catch (IOException cut) {
            return 0;
        }
    }

    /** Returns the processes of the far end; their command lines are longer than Java tells. */
    private static List<Long> programsOf(Path workspace) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    String line = commandLine(pid);
                    return line.contains("FarMain") && line.contains(workspace.toString());
                })
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    private void awaitNoProgram() {
        Await.until(
                "the program there to end",
                PATIENCE,
                () -> programsOf(workspace).isEmpty());
    }

    @Test
    void monitor_withoutATerminal_printsTheFirstScreenOfTheHost() {
        ProgramOutcome outcome = program.run("monitor", "--ssh", place());

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).contains(place() + ", 1 jobs", "far");
        awaitNoProgram();
    }

    @Test
    void web_questionsAndFiles_areAnsweredByTheHost() throws IOException {
        try (Page page = serve()) {
            assertThat(page.running().out()).contains("Workspace " + place());
            assertThat(get(page, "workspace").body()).contains("\"path\":\"" + workspace + "\"");
            String job = "jobs/far.write/" + onlyName(workspace.resolve("jobs/far.write"));
            assertThat(get(page, job + "/log").body()).contains("job 1 writes");
            HttpResponse<String> part = get(page, job + "/files/out.txt", "Range", "bytes=2-4");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("234");
        }
        awaitNoProgram();
    }

    private int open(String address) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException closed) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private boolean isFound(Page page, String path) {
        try {
            return get(page, path).statusCode() == 200;
        } catch (IOException cut) {
            return false;
        }
    }

    private HttpResponse<String> act(Page page, String action) throws IOException {
        String body = "{\"run\":\"far/latest\",\"service\":\"files\"}";
        return send(page, "actions/" + action, request -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A service there is started, reached at a port here that ssh forwards, and left when the page ends. */
    @Test
    void web_serviceThere_isReachedByAForwardedPort() throws IOException {
        String address;
        try (Page page = serve()) {
            assertThat(act(page, "start").statusCode()).isEqualTo(200);
            String target = "runs/far/latest/services/files/address";
            Await.until("the service to be ready", PATIENCE, () -> isFound(page, target));
            String own = ADDRESS.matcher(get(page, "runs/far/latest/beside").body())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            String answer = get(page, target).body();
            address =
                    ADDRESS.matcher(answer).results().findFirst().orElseThrow().group(1);
            assertThat(address).as("a port of its own: " + answer).isNotEqualTo(own);
            assertThat(open(address)).isEqualTo(200);
            assertThat(ADDRESS.matcher(get(page, target).body())
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1))
                    .as("the same port once more")
                    .isEqualTo(address);

            assertThat(act(page, "stop").body()).contains("has been stopped");
            assertThat(get(page, target).statusCode()).isEqualTo(409);
            assertThat(act(page, "start").statusCode()).isEqualTo(200);
            Await.until("the service to be ready again", PATIENCE, () -> isFound(page, target));
            address = ADDRESS.matcher(get(page, target).body())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(open(address)).isEqualTo(200);

            // Not by a kill, after which the connection stays open for some minutes.
            page.running().interrupt();
            page.running().finish(PATIENCE);
        }
        String forwarded = address;
        Await.until("the forward to end with the page", PATIENCE, () -> open(forwarded) == 0);
        assertThat(program.run("services", "stop", "far", "--workdir", workspace.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void web_connectionCutAndServerStopped_isBackByItself() throws IOException {
        try (Page page = serve()) {
            assertThat(status(page)).isEqualTo(200);
            server.stop();
            server.cutConnections();
            Await.until("the loss to be noticed", PATIENCE, () -> status(page) == 503);
            assertThat(get(page, "workspace").body()).contains("test-ssh", "it is tried again");

            server.start();
            Await.until("the connection to be back", PATIENCE, () -> status(page) == 200);
        }
    }

    @Test
    void web_sshKilledHere_isBackByItself() {
        try (Page page = serve()) {
            assertThat(status(page)).isEqualTo(200);
            List<Long> before = programsOf(workspace);

            page.running()
                    .process()
                    .descendants()
                    .filter(process -> commandLine(process.pid())
                            .contains(server.configuration().toString()))
                    .forEach(ProcessHandle::destroyForcibly);

            Await.until(
                    "another program to answer",
                    PATIENCE,
                    () -> status(page) == 200
                            && !programsOf(workspace).isEmpty()
                            && !programsOf(workspace).equals(before));
        }
    }

    @Test
    void web_readOnly_refusesActions() throws IOException {
        try (Page page = serve("--read-only")) {
            HttpResponse<String> refused = send(
                    page,
                    "actions/clean",
                    request -> request.POST(HttpRequest.BodyPublishers.ofString("{\"jobs\":[],\"plan\":true}")));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(get(page, "workspace").body()).contains("\"readOnly\":true");
        }
    }

    @Test
    void web_clientKilled_leavesNoProgramThere() {
        try (Page page = serve()) {
            assertThat(programsOf(workspace)).isNotEmpty();
            page.running().kill();
            awaitNoProgram();
        }
    }

    @Test
    void terminal_connectionCutAndServerStopped_showsOldDataSinceWhenAndIsBackByItself() throws IOException {
        try (Terminal terminal = new Terminal(folder, program.environment())) {
            terminal.type("'" + TestProgram.script() + "' monitor --ssh '" + place() + "'; echo left with $?");
            terminal.await("● live ");
            terminal.press("Enter");
            terminal.await("far.write");

            server.stop();
            server.cutConnections();
            terminal.await(", trying again");
            terminal.await("◌ as of ");
            terminal.press("?");
            terminal.await("Everywhere");
            terminal.press("q");
            terminal.await("far.write");

            server.start();
            terminal.await("● live ");
            terminal.press("q");
            terminal.await("left with 0");
        }
        awaitNoProgram();
    }

    @Test
    void monitor_noWorkspaceThere_saysSoWithTheHost() {
        ProgramOutcome outcome = program.run("monitor", "--ssh", "test-ssh:" + folder.resolve("nothing"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("test-ssh: There is no workspace in " + folder.resolve("nothing"));
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    @Test
    void monitor_javaThatIsTooOld_isRefusedWithTheOption() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk 17"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        new CommandFolder(old.resolve("bin")).replace("java", "exit 1");
        ProgramOutcome outcome = program.run("monitor", "--ssh", place(), "--ssh-java", old.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("it needs Java 25 or newer there, found 17 in " + old)
                .contains("--ssh-java");
    }

    @Test
    void monitor_otherHostKey_isRefusedBeforeAnythingIsShown() {
        server.changeHostKey();
        ProgramOutcome outcome = program.run("monitor", "--ssh", place());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("it has shown another host key");
        assertThat(outcome.out()).isEmpty();
    }
}
