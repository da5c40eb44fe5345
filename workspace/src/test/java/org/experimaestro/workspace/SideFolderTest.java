package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.Question;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.SideStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions and services of a run, and the states of their processes. */
class SideFolderTest {
    private static final Map<String, ?> NO_REQUEST = Map.of();

    @TempDir
    Path folder;

    private Workspace workspace;
    private RunFolder run;
    private SideFolder service;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(folder.resolve("work"));
        run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        run.describe(Map.of("ended", "2026-01-31T12:00:01.000Z", "outcome", "DONE"));
        service = SideFolder.of(run, SideKind.SERVICE, "board");
        service.declare(new ServiceDescription(
                List.of("board", "{port}"), Map.of("A", "b"), true, "/lab", Duration.ofSeconds(2), List.of("a.jar")));
    }

    private SideProcess begun() throws IOException {
        SideProcess process = service.newProcess(1, NO_REQUEST).orElseThrow();
        assertThat(process.begin()).isTrue();
        assertThat(process.begin()).isFalse();
        return process;
    }

    @Test
    void declare_actionAndService_areReadAsTheyWere() throws IOException {
        SideFolder action = SideFolder.of(run, SideKind.ACTION, "export");
        ActionDescription description = new ActionDescription(
                "a.export",
                List.of(
                        Question.choices("parts", "Which?", "head", "tail").orElse(),
                        Question.yesNo("sure", "Sure?").orElse("no"),
                        Question.text("title", "Title?")),
                List.of("a.learn/0123456789abcdef0123456789abcdef"),
                List.of());
        action.declare(description, "{}");

        ActionDescription read = SideFolder.list(run, SideKind.ACTION).get(0).action();
        assertThat(read.questions().stream().map(Question::toString).toList())
                .containsExactly("parts: Which?", "sure: Sure?", "title: Title?");
        assertThat(read.questions().get(0).defaults()).contains(List.of());
        assertThat(read.questions().get(2).defaults()).isEmpty();
        assertThat(read.needs()).isEqualTo(description.needs());
        assertThat(SideFolder.list(run, SideKind.SERVICE).get(0).service().path())
                .isEqualTo("/lab");
        assertThat(action.workspace()).isEqualTo(workspace.root());
        assertThat(action.results()).isEqualTo(workspace.experiment("grid").results());
        assertThatThrownBy(() -> action.classPath(List.of())).hasMessageContaining("its code is not stored");
        assertThatThrownBy(() -> action.classPath(List.of("../a.jar"))).hasMessageContaining("leads elsewhere");
    }

    @Test
    void status_ofEachState_followsFromTheFiles() throws IOException {
        SideProcess process = begun();
        assertThat(process.status().state()).isEqualTo(State.STARTING);
        process.ready(6006);
        assertThat(process.status().port()).hasValue(6006);
        assertThat(process.status().state()).isEqualTo(State.RUNNING);
        process.end(State.FAILED, "no room");
        process.end(State.DONE, "later");
        assertThat(process.status().state()).isEqualTo(State.FAILED);
        assertThat(process.status().text()).isEqualTo("no room");
    }

    @Test
    void status_ofAProcessThatIsGoneOrElsewhere_isNotRunning() throws IOException {
        SideProcess process = begun();
        Path file = process.path().resolve(JobLayout.INTERNAL).resolve("process.json");
        String text = Files.readString(file);
        ProcessIdentity self = ProcessIdentity.current();
        Files.writeString(file, text.replace("\"start\": " + self.start(), "\"start\": " + (self.start() + 5_000_000)));
        assertThat(process.status().state()).isEqualTo(State.VANISHED);
        process.stopping();
        assertThat(process.status().state()).isEqualTo(State.STOPPED);
        Files.writeString(file, text.replace(self.boot(), "other").replace(self.host(), "elsewhere"));
        assertThat(process.status().state()).isEqualTo(State.ELSEWHERE);
        Files.writeString(file, "{}");
        assertThat(process.status().text()).contains("its files cannot be read");
    }

    @Test
    void newProcess_severalThatWantOneNumber_oneGetsIt() throws Exception {
        TreeSet<Integer> numbers = new TreeSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> take = () -> service.newProcess(1, NO_REQUEST).isPresent();
            int taken = 0;
            for (Future<Boolean> each : threads.invokeAll(List.of(take, take, take, take, take, take, take, take))) {
                taken += each.get() ? 1 : 0;
            }
            assertThat(taken).isOne();
        } finally {
            threads.shutdown();
        }
        service.processes().forEach(process -> numbers.add(process.number()));
        assertThat(numbers).containsExactly(1);
        assertThat(Workspace.listNames(service.path())).noneMatch(name -> name.startsWith(".tmp-"));
    }

    @Test
    void move_runWithAServiceThatGoesOn_isRefused() throws IOException {
        SideProcess process = begun();
        Trash trash = new Trash(workspace);
        try (TrashChange change = trash.change()) {
            Path entry = change.newEntry(Instant.now(), "clean", List.of());
            assertThatThrownBy(() -> change.move(run, entry, false))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("its service board goes on; stop it with: experimaestro services stop grid/");
            process.end(State.STOPPED, "");
            change.move(run, entry, false);
        }
        assertThat(run.path()).doesNotExist();
    }

    @Test
    void move_runWithAServiceOfAnotherHost_needsAPersonWhoKnows() throws IOException {
        SideProcess process = begun();
        Path file = process.path().resolve(JobLayout.INTERNAL).resolve("process.json");
        ProcessIdentity self = ProcessIdentity.current();
        Files.writeString(
                file, Files.readString(file).replace(self.boot(), "other").replace(self.host(), "elsewhere"));
        Trash trash = new Trash(workspace);
        try (TrashChange change = trash.change()) {
            Path entry = change.newEntry(Instant.now(), "clean", List.of());
            assertThatThrownBy(() -> change.move(run, entry, false))
                    .hasMessageContaining("its process cannot be seen from here")
                    .hasMessageContaining("add --runs-have-ended");
            change.move(run, entry, true);
        }
        assertThat(run.path()).doesNotExist();
    }

    @Test
    void isOfLiveRun_filesOfProcesses_areNotCopiedButTheRecordOfAnAction() {
        for (String live : List.of(
                "services/board/1/.experimaestro/end.json",
                "services/board/1/socket",
                "actions/export/12/.experimaestro/process.json",
                "actions/export/12/.experimaestro/request.json")) {
            assertThat(WorkspaceLayout.isOfLiveRun(live)).as(live).isTrue();
        }
        for (String record : List.of(
                "services/board/service.json",
                "actions/export/action.json",
                "actions/export/12/process.json",
                "actions/export/12/.experimaestro/end.json",
                "actions/export/12/.experimaestro/output.log")) {
            assertThat(WorkspaceLayout.isOfLiveRun(record)).as(record).isFalse();
        }
    }

    @Test
    void status_executionThatWasCopied_isItsEnd() throws IOException {
        SideFolder action = SideFolder.of(run, SideKind.ACTION, "export");
        action.declare(new ActionDescription("a.export", List.of(), List.of(), List.of()), "{}");
        SideProcess process = action.newProcess(1, NO_REQUEST).orElseThrow();
        assertThat(process.begin()).isTrue();
        process.end(State.DONE, "the result");
        Path internal = process.path().resolve(JobLayout.INTERNAL);
        Files.delete(internal.resolve("request.json"));
        Files.delete(internal.resolve("process.json"));

        assertThat(process.status().state()).isEqualTo(State.DONE);
        assertThat(process.status().text()).isEqualTo("the result");
    }

    @Test
    void isName_wordThatLooksLikeAnOption_isNone() {
        assertThat(SideFolder.isName("--help")).isFalse();
        assertThat(SideFolder.isName("a-b_c.d")).isTrue();
    }
}
