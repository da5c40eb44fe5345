package org.experimaestro.tui.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.experimaestro.tui.wire.WireJobs;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.tui.wire.WireWorkspace;
import org.experimaestro.web.ApiOptions;
import org.experimaestro.web.WebApi;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WebClientTest {
    private static final ViewQuestion<WireWorkspace> WORKSPACE = new ViewQuestion<>("workspace", WireWorkspace.class);
    private static final ViewQuestion<WireJobs> WRONG = new ViewQuestion<>("jobs?q=%28", WireJobs.class);

    @TempDir
    private Path folder;

    private WebApi api;
    private WebClient client;

    @BeforeEach
    void open() {
        Workspace workspace = Workspace.open(folder);
        api = WebApi.open(new ApiOptions(
                workspace,
                true,
                "1",
                Map.of(),
                (job, batchJob, limit) -> {
                    throw new AssertionError("No job is at a batch system");
                },
                Optional.empty()));
        client = new WebClient(api);
    }

    @AfterEach
    void close() {
        api.close();
    }

    /** A listener that keeps what it is told. */
    private static final class Told implements WorkspaceClient.Listener {
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

        @Override
        public void answered(ViewQuestion<?> question, Record answer) {
            news.add("answer " + question.path());
        }

        @Override
        public void refused(ViewQuestion<?> question, WireProblem problem) {
            news.add("refused " + problem.error());
        }

        @Override
        public void beat(Instant at) {
            news.add("beat");
        }

        @Override
        public void lost(WireProblem problem) {
            news.add("lost " + problem.error());
        }

        String next() throws InterruptedException {
            return String.valueOf(news.poll(1, TimeUnit.MINUTES));
        }
    }

    @Test
    void ask_workspace_isRead() throws RefusedQuestion {
        assertThat(client.ask(WORKSPACE).readOnly()).isTrue();
    }

    @Test
    void ask_filterThatEndsEarly_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> client.ask(WRONG))
                .isInstanceOfSatisfying(
                        RefusedQuestion.class,
                        refused -> assertThat(refused.problem().at()).hasValue(1));
    }

    @Test
    void act_readOnly_isRefused() {
        assertThatThrownBy(() -> client.act("kill", Map.of("q", ""))).hasMessageContaining("--read-only");
    }

    @Test
    void live_questions_areAnsweredAndBeat() throws InterruptedException {
        Told told = new Told();
        try (WorkspaceClient.Stream _ = client.live(List.of(WORKSPACE, WRONG), told)) {
            assertThat(told.next()).isEqualTo("answer workspace");
            assertThat(told.next()).startsWith("refused ").contains("filter");
            assertThat(told.next()).isEqualTo("beat");
            assertThat(told.next()).isEqualTo("beat");
        }
    }

    @Test
    void live_closedApi_isLost() throws InterruptedException {
        Told told = new Told();
        try (WorkspaceClient.Stream _ = client.live(List.of(WORKSPACE), told)) {
            assertThat(told.next()).isEqualTo("answer workspace");
            api.close();
            String news = told.next();
            while (news.equals("beat")) {
                news = told.next();
            }
            assertThat(news).startsWith("lost ");
        }
    }

    @Test
    void live_wrongPath_isLostAtOnce() throws InterruptedException {
        Told told = new Told();
        client.live(List.of(new ViewQuestion<>("nothing", WireWorkspace.class)), told);

        assertThat(told.next()).isEqualTo("lost Cannot open a stream: there is no resource \"nothing\"");
    }
}
