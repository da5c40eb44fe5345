package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFence;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a job's process that holds tokens, or did until others got them. */
class TokensLostTest {
    private static final String READY = "ready";
    private static final String GO = "go";

    @TempDir
    Path temporary;

    private Path root;
    private TokenFolder tokens;
    private TokenDesk desk;

    /** A task that is ready, and returns when it may. */
    @ConfigType("test.waits_for_file")
    record WaitsForFile() implements SelfTask<WaitsForFile> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Files.createFile(context.folder().resolve(READY));
            while (!Files.exists(context.folder().resolve(GO))) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        root = temporary.toRealPath();
        Workspace workspace = Workspace.open(root);
        tokens = new TokenFolder(WorkspaceLayout.tokens(root), workspace::makeTokens);
        desk = new TokenDesk(tokens, InstantSource.system());
        desk.declare("licence", 1);
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
    }

    private JobProcess job() throws IOException {
        Config<?> task = config(WaitsForFile.class);
        TokenShare share = desk.ask(task.type() + "/" + task.id(), "", new TreeMap<>(Map.of("licence", 1L)), 0);
        return JobProcess.holding(root, task, AttemptOrigin.UNKNOWN.holding(share.lease(), 0));
    }

    /** Takes the tokens from the job, as another run does when the job's host was silent for long. */
    private static void fence(JobProcess job) throws IOException {
        assertThat(TokenFence.of(job.attempt(), null).giveBack()).isTrue();
    }

    @Test
    void main_holdsItsTokens_isDoneAndGivesThemBack() throws Exception {
        JobProcess job = job().start();
        job.awaitFile(READY);
        assertThat(tokens.read().held("licence")).isOne();
        Files.createFile(job.file(GO));
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(tokens.read().held("licence")).isZero();
    }

    @Test
    void main_lostItsTokensWhileItRan_cannotMarkItselfAsDone() throws Exception {
        JobProcess job = job().start();
        job.awaitFile(READY);
        fence(job);
        Files.createFile(job.file(GO));
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.TOKENS_LOST);
        assertThat(job.status().message()).contains("others may have the tokens");
        assertThat(job.folder().isMarkedAsDone()).isFalse();
    }

    @Test
    void main_lostItsTokensBeforeItBegan_executesNothing() throws Exception {
        JobProcess job = job();
        fence(job);
        assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.TOKENS_LOST);
        assertThat(job.file(READY)).doesNotExist();
    }

    @Test
    void main_lostItsTokensOfTheMachineBeforeItBegan_executesNothing() throws Exception {
        Path folder = root.resolve("tokens of the machine");
        TokenFolder ofMachine = new TokenFolder(folder, () -> Files.createDirectories(folder));
        Config<?> task = config(WaitsForFile.class);
        try (TokenDesk machine = new TokenDesk(ofMachine, InstantSource.system())) {
            machine.declare("display", 1);
            TokenShare share = machine.ask(
                    task.type() + "/" + task.id(), root.toString(), new TreeMap<>(Map.of("display", 1L)), 0);
            JobProcess job = JobProcess.holding(root, task, AttemptOrigin.UNKNOWN.holding(0, share.lease()))
                    .with(JobVariables.MACHINE_TOKENS, folder.toString());
            assertThat(TokenFence.of(job.attempt(), folder).giveBack()).isTrue();
            assertThat(job.start().exitCode()).isEqualTo(JobMain.FAILED);
            assertThat(job.status().findCause()).contains(FailureCause.TOKENS_LOST);
            assertThat(job.file(READY)).doesNotExist();
        }
    }
}
