package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkspaceWatchTest {
    /** No refresh comes by itself within a test. */
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private final BlockingQueue<Changes> told = new LinkedBlockingQueue<>();
    private Workspace workspace;
    private WorkspaceIndex index;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder);
        index = WorkspaceIndex.open(workspace);
        index.listen(told::add);
    }

    @Test
    void wake_jobHasEnded_listenersGetTheChange() throws Exception {
        try (WorkspaceWatch watch = WorkspaceWatch.start(index, NEVER)) {
            JobFolder job = claim(1);
            watch.wake();
            assertThat(told.take().list()).containsExactly(new Change.JobAdded(job.name()));

            job.attempt(1).done(1, Map.of(), null);
            watch.wake();
            assertThat(told.take().list()).containsExactly(new Change.JobChanged(job.name()));
            assertThat(index.job(job.name()).orElseThrow().status().state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void start_nobodyWakesIt_refreshesByItself() throws Exception {
        try (WorkspaceWatch watch = WorkspaceWatch.start(index)) {
            assertThat(watch).isNotNull();
            JobFolder job = claim(1);

            assertThat(told.take().list()).containsExactly(new Change.JobAdded(job.name()));
        }
    }

    @Test
    void wake_listenerHasFailed_theWatchGoesOn() throws Exception {
        index.listen(changes -> {
            throw new IllegalStateException("a fault of the listener, which this test expects");
        });
        try (WorkspaceWatch watch = WorkspaceWatch.start(index, NEVER)) {
            claim(1);
            watch.wake();
            told.take();
            JobFolder second = claim(2);
            watch.wake();

            assertThat(told.take().list()).containsExactly(new Change.JobAdded(second.name()));
        }
    }

    @Test
    void close_changesFollow_tellsNone() throws Exception {
        WorkspaceWatch watch = WorkspaceWatch.start(index, NEVER);
        watch.close();
        claim(1);
        watch.wake();

        assertThat(told).isEmpty();
        assertThat(index.version()).isZero();
    }

    @Test
    void close_byAListener_endsTheWatch() throws Exception {
        BlockingQueue<WorkspaceWatch> watches = new LinkedBlockingQueue<>();
        WorkspaceWatch watch = WorkspaceWatch.start(index, NEVER);
        index.listen(changes -> {
            watch.close();
            watches.add(watch);
        });
        claim(1);
        watch.wake();

        assertThat(watches.take()).isSameAs(watch);
    }

    private JobFolder claim(int number) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
        job.claim(ProcessIdentity.current(), "test");
        return job;
    }

    @Test
    void shortestPause_ofACalmWorkspace_isLongerAndStillSeesAChangeIn250Milliseconds() {
        assertThat(WorkspaceWatch.shortestPause(0, WorkspaceWatch.PERIOD)).isEqualTo(WorkspaceWatch.PERIOD);
        assertThat(WorkspaceWatch.shortestPause(49, WorkspaceWatch.PERIOD)).isEqualTo(WorkspaceWatch.PERIOD);
        assertThat(WorkspaceWatch.shortestPause(50, WorkspaceWatch.PERIOD)).isEqualTo(Duration.ofMillis(200));
        assertThat(WorkspaceWatch.shortestPause(1_000_000, WorkspaceWatch.PERIOD))
                .isLessThan(Duration.ofMillis(250));
    }
}
