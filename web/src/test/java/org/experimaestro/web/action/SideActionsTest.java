package org.experimaestro.web.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.web.action.ActionClient.plan;
import static org.experimaestro.web.action.ActionClient.problem;
import static org.experimaestro.web.action.ActionClient.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Question;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus.State;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans and refusals of what is done beside a run; the code is damaged, so no process goes on. */
@Timeout(120)
class SideActionsTest {
    @TempDir
    private Path folder;

    private WrittenWorkspace written;
    private ActionClient client;
    private RunFolder run;
    private SideFolder service;
    private SideFolder action;

    @BeforeEach
    void make() throws IOException {
        written = new WrittenWorkspace(folder.resolve("work"));
        client = new ActionClient(written, Instant::now);
        JobFolder done = written.done("sample.learn", 1, Instant.now(), Map.of());
        JobFolder failed = written.failed("sample.learn", 2, "bad");
        run = written.run("grid", new LinkedHashMap<>(), List.of());
        Path code = Files.createDirectories(
                WorkspaceLayout.classPath(written.workspace().root()));
        Files.createFile(code.resolve("a.jar"));
        service = SideFolder.of(run, SideKind.SERVICE, "board");
        service.declare(new ServiceDescription(
                List.of("board", "{port}"), Map.of(), true, "/a?b=c", Duration.ofSeconds(2), List.of("a.jar")));
        action = SideFolder.of(run, SideKind.ACTION, "export");
        List<Question> questions = List.of(
                Question.choice("how", "How?", "well", "badly").orElse("well"),
                Question.choices("parts", "Which parts?", "head", "tail").orElse(),
                Question.text("title", "Which title?"));
        action.declare(new ActionDescription("side.export", questions, List.of(done.name()), List.of("a.jar")), "{}");
        SideFolder.of(run, SideKind.ACTION, "early")
                .declare(
                        new ActionDescription("side.export", List.of(), List.of(failed.name()), List.of("a.jar")),
                        "{}");
    }

    private Map<String, Object> of(String kind, String name) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("run", run.qualifiedName());
        question.put(kind, name);
        return question;
    }

    private HttpProblem refused(String action, Map<String, Object> question) {
        return problem(() -> client.ask(action, question));
    }

    private JsonObject beside() throws IOException {
        return written.answer("runs/grid/latest/beside");
    }

    private static JsonObject first(JsonObject answer, String list, int index) {
        return JsonObject.of(answer.list(list).get(index), list);
    }

    @Test
    void beside_ofARun_hasQuestionsStatesAndReasons() throws IOException {
        JsonObject answer = beside();

        assertThat(answer.string("run")).isEqualTo(run.qualifiedName());
        JsonObject early = first(answer, "actions", 0);
        assertThat(early.bool("possible")).isFalse();
        assertThat(early.string("reason")).contains("are not there: those of sample.learn/00000002", "(failed)");
        JsonObject export = first(answer, "actions", 1);
        assertThat(export.bool("possible")).isTrue();
        assertThat(export.has("last")).isFalse();
        JsonObject how = first(export, "questions", 0);
        assertThat(how.string("kind")).isEqualTo("choice");
        assertThat(how.list("options")).isEqualTo(List.of("well", "badly"));
        assertThat(how.list("default")).isEqualTo(List.of("well"));
        assertThat(first(export, "questions", 2).has("default")).isFalse();
        JsonObject board = first(answer, "services", 0);
        assertThat(board.string("command")).contains("services start", "board");
        assertThat(board.has("address")).isFalse();
    }

    @Test
    void beside_serviceThatIsReady_hasItsAddress() throws IOException {
        SideProcess process = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(process.begin()).isTrue();
        assertThat(problem(() -> written.answer("runs/grid/latest/services/board/address"))
                        .status())
                .isEqualTo(409);
        process.ready(4711);

        JsonObject board = first(beside(), "services", 0);
        assertThat(board.object("last").string("state")).isEqualTo("running");
        assertThat(board.string("address")).isEqualTo("http://127.0.0.1:4711/a?b=c");
        assertThat(board.string("command")).contains("services stop");
        assertThat(written.answer("runs/grid/latest/services/board/address").string("address"))
                .isEqualTo("http://127.0.0.1:4711/a?b=c");
        assertThat(problem(() -> written.answer("runs/grid/latest/services/bord/address"))
                        .answer()
                        .toString())
                .contains("has declared no service \"bord\", only board", "near=[board]");

        process.end(State.FAILED, "no model");
        assertThat(first(beside(), "services", 0).object("last").string("text")).isEqualTo("no model");
    }

    @Test
    void beside_damagedDeclaration_hidesOnlyItself() throws IOException {
        Files.writeString(action.configurationFile().resolveSibling("action.json"), "{");

        JsonObject answer = beside();

        assertThat(answer.list("actions")).hasSize(1);
        assertThat(answer.list("problems").toString()).contains("Cannot read the action export");
    }

    @Test
    void execute_planned_saysTheAnswersAndStartsNothing() throws IOException {
        Map<String, Object> question =
                with(of("action", "export"), "answers", Map.of("title", "A=B", "parts", List.of("tail")));

        JsonObject planned = client.ask("execute", plan(question));

        assertThat(planned.string("effect")).contains("executes export on ", "how=well parts=tail title=A=B");
        assertThat(planned.bool("done")).isFalse();
        assertThat(action.processes()).isEmpty();

        Map<String, Object> other =
                with(with(of("action", "export"), "answers", Map.of("title", "C")), "planned", planned.string("plan"));
        assertThat(refused("execute", other).status()).isEqualTo(409);
        assertThat(action.processes()).isEmpty();

        assertThat(client.ask("execute", with(question, "planned", planned.string("plan")))
                        .string("effect"))
                .isEqualTo("execution 1 of export has begun");
        assertThat(action.processes()).hasSize(1);
        while (action.last().orElseThrow().status().isActive()) {
            Thread.onSpinWait();
        }
        JsonObject last = first(beside(), "actions", 1).object("last");
        assertThat(last.string("state")).isEqualTo("failed");
        assertThat(refused("execute", with(question, "planned", planned.string("plan")))
                        .text())
                .contains("has changed since you looked");
        assertThat(action.processes()).hasSize(1);
        assertThat(last.list("files")).isEmpty();
    }

    @Test
    void execute_wrongQuestion_isRefusedWithAllProblems() {
        HttpProblem wrong = refused(
                "execute", plan(with(of("action", "export"), "answers", Map.of("hwo", "well", "how", "slowly"))));
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(wrong.text())
                .contains(
                        "it asks no question \"hwo\"", "\"slowly\" is none of", "the question \"title\" has no answer");

        assertThat(refused("execute", plan(of("action", "early"))).text()).contains("(failed)");
        assertThat(refused("execute", of("service", "board")).status()).isEqualTo(400);
        assertThat(refused("start", of("action", "export")).status()).isEqualTo(400);
        assertThat(refused("stop", with(of("service", "board"), "port", 80)).text())
                .contains("has port");
        assertThat(refused("stop", with(of("service", "board"), "serivce", "a"))
                        .answer()
                        .toString())
                .contains("unknown members serivce", "near=[service]");
        assertThat(refused("start", with(of("service", "board"), "action", "export"))
                        .text())
                .contains("found both");
        assertThat(refused("execute", with(of("action", "export"), "answers", Map.of("title", 3)))
                        .text())
                .contains("found 3 as the answer to \"title\"");
        assertThat(refused("start", of("service", "gone")).status()).isEqualTo(404);
        assertThat(action.processes()).isEmpty();
    }

    @Test
    void stop_whatDoesNotRun_isRefused() {
        assertThat(refused("stop", of("service", "board")).text()).contains("it does not run");
        assertThat(refused("stop", of("action", "export")).text()).contains("it does not run");
    }

    @Test
    void start_serviceThatRuns_isRefused() throws IOException {
        SideProcess process = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(process.begin()).isTrue();
        process.ready(4711);

        assertThat(refused("start", plan(of("service", "board"))).text()).contains("it is running already");
        assertThat(client.ask("stop", plan(of("service", "board"))).string("effect"))
                .isEqualTo("stops board with all processes that it has started");
    }

    @Test
    void start_serviceOfAnotherHost_needsAWord() throws IOException {
        SideProcess process = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(process.begin()).isTrue();
        Path file = process.path().resolve(".experimaestro/process.json");
        ProcessIdentity self = ProcessIdentity.current();
        Files.writeString(
                file, Files.readString(file).replace(self.boot(), "other").replace(self.host(), "elsewhere"));

        assertThat(first(beside(), "services", 0).object("last").string("host")).isEqualTo("elsewhere");
        assertThat(refused("start", plan(of("service", "board"))).text()).contains("it seems to run as");
        assertThat(client.ask("start", plan(with(of("service", "board"), "hasEnded", true)))
                        .string("effect"))
                .contains("counts as ended, which you know");
    }
}
