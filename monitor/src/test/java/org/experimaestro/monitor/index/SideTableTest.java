package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus.State;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end or the start of a service is a change of a run that somebody looks at. */
class SideTableTest {
    @TempDir
    Path folder;

    private Workspace workspace;
    private RunFolder run;
    private SideFolder service;
    private WorkspaceIndex index;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(folder.resolve("work"));
        run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        service = SideFolder.of(run, SideKind.SERVICE, "board");
        index = WorkspaceIndex.open(workspace);
    }

    private List<Change> look() {
        return index.poll().list();
    }

    private static void declare(SideFolder declared) throws IOException {
        declared.declare(new ServiceDescription(
                List.of("board", "{port}"), Map.of(), true, "/", Duration.ofSeconds(2), List.of("a.jar")));
    }

    @Test
    void poll_runThatIsFollowed_hasAChangeForEachStep() throws IOException {
        Change change = new Change.RunChanged("grid", run.name());
        index.followSides(run);
        assertThat(look()).isEmpty();

        declare(service);
        assertThat(look()).containsExactly(change);
        assertThat(look()).isEmpty();

        SideProcess process = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(look()).containsExactly(change);
        assertThat(process.begin()).isTrue();
        assertThat(look()).containsExactly(change);
        process.ready(4711);
        assertThat(look()).containsExactly(change);
        assertThat(process.stopping()).isTrue();
        assertThat(look()).containsExactly(change);
        process.end(State.STOPPED, "");
        assertThat(look()).containsExactly(change);
        assertThat(service.newProcess(2, Map.of())).isPresent();
        assertThat(look()).containsExactly(change);
        assertThat(look()).isEmpty();
    }

    @Test
    void poll_runThatNobodyLooksAt_isNotLookedAt() throws IOException {
        declare(service);
        assertThat(look()).isEmpty();

        index.followSides(run);
        for (int i = 0; i < 20; i++) {
            index.followSides(workspace.experiment("other" + i).newRun(Instant.parse("2026-01-31T12:00:00Z")));
        }
        look();
        assertThat(service.newProcess(1, Map.of())).isPresent();
        assertThat(look()).isEmpty();
    }
}
