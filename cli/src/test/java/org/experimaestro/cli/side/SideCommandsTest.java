package org.experimaestro.cli.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.PlanFolder;
import org.experimaestro.cli.api.LocalApi;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.monitor.side.SideStart;
import org.experimaestro.monitor.side.SideStop;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about actions and services, with real processes of one run. */
@Timeout(240)
class SideCommandsTest {
    private static final String RUN = """
                Config<Word> good = xp.submit(Config.builder(Word.class).set("text", "good").build());
                Config<Word> bad = xp.submit(Config.builder(Word.class).set("text", "bad").build());
                xp.action("export", Config.builder(Export.class).set("word", good).build());
                xp.action("early", Config.builder(Export.class).set("word", bad).build());
                String jvm = Path.of(System.getProperty("java.home"), "bin", "java").toString();
                Files.writeString(xp.resultsFolder().resolve("page.txt"), "a page");
                xp.service("web", Service.web(Program.of(jvm, "-m", "jdk.httpserver", "-b", "{host}", "-p", "{port}")
                        .argument("-d", xp.resultsFolder())).path("/page.txt"));
                xp.service("open", Service.web(Program.of(jvm, "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "{port}")
                        .argument("-d", xp.resultsFolder())));
                xp.service("late", Service.tcp(Program.of("sh", "-c", "echo waits; exec sleep 300", "{port}"))
                        .within(java.time.Duration.ofMillis(300)));
                xp.service("gone", Service.tcp(Program.of("sh", "-c", "echo no such model >&2; exit 3", "{port}")));
            """;

    private static final String[] TYPES = {"""
            @ConfigType("side.word")
            record Word(String text) implements SelfTask<Word> {
                public void execute(TaskContext context) {
                    if (text.equals("bad")) throw new IllegalStateException("bad word");
                }
            }""", """
            @ConfigType("side.export")
            record Export(Word word) implements Action {
                public List<Question> questions() {
                    return List.of(
                            Question.choice("how", "How?", "well", "badly", "slowly").orElse("well"),
                            Question.choices("parts", "Which parts?", "head", "tail").orElse(),
                            Question.yesNo("sure", "Are you sure?").orElse("yes"),
                            Question.text("title", "Which title?"));
                }
                public void execute(ActionContext context) throws Exception {
                    System.out.println("exports " + word.text() + " " + context.answers("parts"));
                    Files.writeString(context.folder().resolve("title.txt"), context.answer("title"));
                    if (context.answer("how").equals("badly")) throw new IllegalStateException("no room for it");
                    if (context.answer("how").equals("slowly")) Thread.sleep(1_000_000);
                    context.result("sure: " + context.isYes("sure"));
                }
            }"""};

    @TempDir
    static Path place;

    private static PlanFolder plan;

    @BeforeAll
    static void run() {
        plan = new PlanFolder(place).plan(RUN, TYPES);
        CommandLineRun run = plan.run();
        assertThat(run.text()).contains("bad word");
    }

    @AfterAll
    static void stopAll() throws InterruptedException {
        for (SideKind kind : SideKind.values()) {
            for (SideFolder folder : SideFolder.list(lastRun(), kind)) {
                for (SideProcess process : folder.processes()) {
                    new SideStop(process).stop(Duration.ofSeconds(20));
                }
            }
        }
    }

    private static RunFolder lastRun() {
        return Workspace.view(plan.workspace()).experiment("debug").runs().getLast();
    }

    private static SideFolder folder(SideKind kind, String name) {
        return SideFolder.of(lastRun(), kind, name);
    }

    private static CommandLineRun command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--workdir", plan.workspace().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static SideStatus await(SideProcess process, Predicate<SideStatus> wanted) throws InterruptedException {
        SideStatus status = process.status();
        while (!wanted.test(status)) {
            Thread.sleep(50);
            status = process.status();
        }
        return status;
    }

    @Test
    void actionsRun_withAnswers_keepsResultFilesAndLog() throws IOException {
        CommandLineRun run = command(
                "actions",
                "run",
                "debug",
                "export",
                "--set",
                "title=A=B",
                "--set",
                "parts=tail,head",
                "--set",
                "sure=no");

        assertThat(run.text()).contains("exports good [tail, head]", "is done: sure: false");
        assertThat(run.exitCode()).isZero();
        SideProcess process = folder(SideKind.ACTION, "export").processes().stream()
                .filter(each -> each.status().text().equals("sure: false"))
                .findFirst()
                .orElseThrow();
        assertThat(process.path().resolve("title.txt")).hasContent("A=B");
        assertThat(process.log()).content().contains("exports good");
        assertThat(command("actions", "list").text()).contains("early", "export", "how, parts, sure, title");
        assertThat(command("actions", "list", "debug", "--json").text())
                .contains("\"action\":\"export\"", "\"type\":\"side.export\"", "\"default\":[\"well\"]");
    }

    @Test
    void actionsRun_wrongAnswers_namesAllProblemsAndStartsNothing() {
        int before = folder(SideKind.ACTION, "early").processes().size();
        CommandLineRun run = command("actions", "run", "debug", "early", "--set", "hwo=well", "--set", "sure=maybe");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text())
                .contains(
                        "it asks no question \"hwo\"; did you mean \"how\"?",
                        "the answer to \"sure\" is wrong: \"maybe\" is none of yes, no",
                        "the question \"title\" has no answer (Which title?)");
        assertThat(command("actions", "run", "debug", "exprt", "--set", "title=a")
                        .text())
                .contains("has declared no action \"exprt\"; did you mean \"export\"?");
        assertThat(command("actions", "run", "debug").text()).contains("has several: early, export");
        assertThat(command("actions", "run", "debug", "early", "--set", "title=a")
                        .text())
                .contains("results that it needs are not there: those of side.word/", "(failed)");
        assertThat(folder(SideKind.ACTION, "early").processes()).hasSize(before);
    }

    @Test
    void actionsRun_thatFails_canBeRunAgain() {
        CommandLineRun failed = command("actions", "run", "debug", "export", "--set", "title=a", "--set", "how=badly");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.text()).contains("has failed: java.lang.IllegalStateException: no room for it");

        assertThat(command("actions", "run", "debug", "export", "--set", "title=a")
                        .exitCode())
                .isZero();
    }

    @Test
    void execute_twoAtOnceOfWhichOneIsKilled_areApart() throws Exception {
        SideFolder export = folder(SideKind.ACTION, "export");
        Map<String, List<String>> slowly = Map.of("title", List.of("a"), "how", List.of("slowly"));
        var first = CompletableFuture.supplyAsync(() -> SideStart.execute(export, slowly, Map.of()));
        SideProcess second = SideStart.execute(export, slowly, Map.of());
        SideProcess killed = first.get();
        assertThat(killed.path()).isNotEqualTo(second.path());
        long pid = await(killed, status -> status.state() == State.RUNNING)
                .process()
                .orElseThrow()
                .pid();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

        assertThat(await(killed, status -> !status.isActive()).state()).isIn(State.VANISHED, State.FAILED);
        assertThat(new SideStop(second).stop(Duration.ofSeconds(60)).state()).isEqualTo(State.STOPPED);
    }

    private static int get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static boolean isReachable(String address) throws InterruptedException {
        try {
            return get(address) > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Starts the service in another process, which ends. */
    private static String startElsewhere(String... words) throws IOException, InterruptedException {
        List<String> command = JvmCommand.of(
                "-cp",
                System.getProperty("java.class.path"),
                "org.experimaestro.cli.Main",
                "services",
                "start",
                "debug");
        command.addAll(List.of(words));
        command.addAll(List.of("--workdir", plan.workspace().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow();
    }

    @Test
    void services_startedByACommandThatHasEnded_areFoundAgainAndEndWithTheirProcess() throws Exception {
        String address = startElsewhere("web");
        SideProcess process = folder(SideKind.SERVICE, "web").last().orElseThrow();

        assertThat(address).matches("http://127\\.0\\.0\\.1:[0-9]+/page\\.txt");
        assertThat(get(address)).isEqualTo(200);
        assertThat(command("services", "start", "debug", "web").text()).contains(address);
        assertThat(command("services", "list").text()).contains("running", address);
        assertThat(command("services", "log", "debug", "web").text()).contains("GET /page.txt");

        // The guard of the program sees that the process has vanished.
        long pid = process.status().process().orElseThrow().pid();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        assertThat(await(process, status -> !status.isActive()).state()).isEqualTo(State.VANISHED);
        while (isReachable(address)) {
            Thread.sleep(50);
        }

        int port = URI.create(address).getPort();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(command("services", "start", "debug", "web", "--port", Integer.toString(taken.getLocalPort()))
                            .text())
                    .contains("the port " + port + " cannot be used");
        }
        String again = command("services", "start", "debug", "web", "--port", Integer.toString(port))
                .text();
        assertThat(again).contains(address);
        assertThat(command("services", "stop", "debug", "web").text()).contains("was stopped");
        assertThat(isReachable(address)).isFalse();
        assertThat(folder(SideKind.SERVICE, "web").last().orElseThrow().status().state())
                .isEqualTo(State.STOPPED);
        assertThat(command("services", "stop", "debug", "web").text()).contains("does not run");
    }

    @Test
    void services_runningForAnEarlierRun_areListedAndStoppedByTheExperiment() throws IOException {
        RunFolder earlier = lastRun();
        assertThat(command("services", "start", "debug", "web").text()).contains("http://");
        RunFolder later = Workspace.open(plan.workspace())
                .experiment("debug")
                .newRun(Instant.now().plusSeconds(60));
        try {
            assertThat(command("services", "list", "debug").text()).contains(earlier.qualifiedName(), "running");
            assertThat(command("services", "list").text()).contains(earlier.qualifiedName(), "running");
            assertThat(command("services", "list", later.qualifiedName()).text())
                    .doesNotContain("running");
            assertThat(command("services", "log", "debug", "web").exitCode()).isZero();
            assertThat(command("services", "stop", "debug").text()).contains("was stopped");
            assertThat(command("services", "list", "debug").text()).doesNotContain("running");
        } finally {
            Folders.delete(later.path());
        }
    }

    /** Everybody who may write in the workspace could have put any process of this user there. */
    @Test
    void stop_processThatIsNotTheServices_isRefused() throws Exception {
        Process other = new ProcessBuilder("sleep", "300").start();
        try {
            SideFolder late = folder(SideKind.SERVICE, "late");
            SideProcess forged = late.newProcess(900_000, Map.of()).orElseThrow();
            assertThat(forged.begin()).isTrue();
            Path file = forged.path().resolve(".experimaestro/process.json");
            ProcessIdentity self = ProcessIdentity.current();
            ProcessIdentity named = ProcessIdentity.find(other.pid()).orElseThrow();
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace(Long.toString(self.pid()), Long.toString(named.pid()))
                            .replace(Long.toString(self.start()), Long.toString(named.start())));

            assertThat(forged.status().isActive()).isTrue();
            assertThatThrownBy(() -> new SideStop(forged).stop(Duration.ofSeconds(1)))
                    .hasMessageContaining("but it works in ")
                    .hasMessageContaining("nothing was sent to it");
            assertThat(other.isAlive()).isTrue();
            forged.end(State.STOPPED, "");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void services_thatCannotBeReady_sayWhy() throws IOException {
        assertThat(command("services", "start", "debug", "gone").text())
                .contains("has not become ready: sh ended with exit code 3: no such model");
        assertThat(command("services", "start", "debug", "late").text())
                .contains("has not become ready: it was not ready within 0.3 s");
        assertThat(command("services", "log", "debug", "late").text()).contains("waits");
        if (Files.exists(Path.of("/proc/net/tcp"))) {
            assertThat(command("services", "start", "debug", "open").text())
                    .contains("it listens at addresses that other machines can reach");
        }
    }

    private static JsonObject ask(LocalApi api, String method, String path, String body) throws IOException {
        List<String> segments = List.of(("api/1/" + path).split("/"));
        try (Response.Body answer = api.handle(new Request(method, segments, Query.NONE, Map.of(), body))
                .body()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.writeTo(out);
            return JsonObject.of(Json.parse(out.toString(StandardCharsets.UTF_8)), path);
        }
    }

    /** Asks what is beside the run until it is as wanted. */
    private static JsonObject await(LocalApi api, String list, String name, Predicate<JsonObject> wanted)
            throws IOException, InterruptedException {
        while (true) {
            for (Object each : ask(api, "GET", "runs/debug/latest/beside", "").list(list)) {
                JsonObject line = JsonObject.of(each, list);
                if (line.string("name").equals(name) && line.has("last") && wanted.test(line.object("last"))) {
                    return line;
                }
            }
            Thread.sleep(50);
        }
    }

    @Test
    void api_executesStartsAndStops_asTheCommandsDo() throws Exception {
        try (LocalApi api = LocalApi.open(Workspace.view(plan.workspace()), false)) {
            String execute = "{\"run\":\"debug/latest\",\"action\":\"export\",\"answers\":{\"title\":\"by page\"}}";
            String number = ask(api, "POST", "actions/execute", execute)
                    .string("effect")
                    .replaceFirst("execution ([0-9]+) of export has begun", "$1");
            JsonObject export = await(
                    api,
                    "actions",
                    "export",
                    last -> last.string("state").equals("done") && last.integer("number") == Integer.parseInt(number));
            assertThat(export.object("last").string("text")).isEqualTo("sure: true");
            assertThat(export.object("last").list("files").toString()).contains("path=title.txt");
            String process = "runs/debug/latest/actions/export/" + number + "/";
            assertThat(ask(api, "GET", process + "log", "").string("text")).contains("exports good []");
            try (Response.Body file = api.handle(new Request(
                            "GET",
                            List.of(("api/1/" + process + "files/title.txt").split("/")),
                            Query.NONE,
                            Map.of(),
                            ""))
                    .body()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                file.writeTo(out);
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("by page");
            }
            assertThatThrownBy(() -> ask(api, "GET", process.replace("/" + number + "/", "/77/") + "log", ""))
                    .hasMessageContaining("has no process of number 77");

            String web = "{\"run\":\"debug/latest\",\"service\":\"late\"}";
            assertThat(ask(api, "POST", "actions/start", web).string("effect")).startsWith("late is ");
            JsonObject late =
                    await(api, "services", "late", last -> last.string("state").equals("failed"));
            assertThat(late.object("last").string("text")).contains("it was not ready within 0.3 s");
            String stop = "{\"run\":\"debug/latest\",\"action\":\"export\"}";
            ask(api, "POST", "actions/execute", execute.replace("by page\"", "a\",\"how\":\"slowly\""));
            await(api, "actions", "export", last -> last.string("state").equals("running"));
            assertThat(ask(api, "POST", "actions/stop", stop).string("effect")).endsWith("of export has been stopped");
        }
    }
}
