package org.experimaestro.monitor.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus.State;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a service after others that cannot be seen; its code is damaged, so no process goes on. */
@Timeout(120)
class SideStartTest {
    @TempDir
    Path folder;

    private SideFolder service;

    @BeforeEach
    void make() throws IOException {
        Workspace workspace = Workspace.open(folder.resolve("work"));
        RunFolder run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        Path code = Files.createDirectories(WorkspaceLayout.classPath(workspace.root()));
        Files.createFile(code.resolve("a.jar"));
        service = SideFolder.of(run, SideKind.SERVICE, "board");
        service.declare(new ServiceDescription(
                List.of("board", "{port}"), Map.of(), true, "/", Duration.ofSeconds(2), List.of("a.jar")));
    }

    @Test
    void notDone_manyJobs_namesTheFirstAndCountsTheOthers() {
        assertThat(SideStart.notDone(Collections.nCopies(11, "a.learn/1 (new)")))
                .startsWith("results that it needs are not there: those of a.learn/1 (new), ")
                .endsWith(" and 1 more");
        assertThat(SideStart.notDone(Collections.nCopies(10, "a.learn/1 (new)")))
                .doesNotContain("more");
    }

    private static SideProcess start(SideFolder service, boolean hasEnded) {
        return SideStart.start(service, OptionalInt.empty(), Map.of(), hasEnded);
    }

    private static void replace(SideProcess process, String file, String from, String to) throws IOException {
        Path path = process.path().resolve(".experimaestro").resolve(file);
        Files.writeString(path, Files.readString(path).replace(from, to));
    }

    private static void awaitEnd(SideProcess process) throws InterruptedException {
        while (process.status().isActive()) {
            Thread.sleep(20);
        }
    }

    /** Ctrl-C may end the starter while the process of the service boots. */
    @Test
    void start_formerHasNotBegunAndItsStarterIsGone_itNeverBegins() throws Exception {
        SideProcess former = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(start(service, false).number()).isEqualTo(1); // its starter, this process, is there
        ProcessIdentity self = ProcessIdentity.current();
        replace(former, "request.json", "\"start\": " + self.start(), "\"start\": " + (self.start() + 5_000_000));
        assertThat(former.status().state()).isEqualTo(State.VANISHED);

        SideProcess next = start(service, false);
        assertThat(next.number()).isEqualTo(2);
        assertThat(former.begin()).isFalse();
        assertThat(former.status().state()).isEqualTo(State.VANISHED);
        awaitEnd(next);
        assertThat(start(service, false).number()).isEqualTo(3);
        awaitEnd(service.last().orElseThrow());
    }

    @Test
    void start_formerOfAnotherHost_isRefusedUnlessItHasEnded() throws Exception {
        SideProcess former = service.newProcess(1, Map.of()).orElseThrow();
        assertThat(former.begin()).isTrue();
        ProcessIdentity self = ProcessIdentity.current();
        replace(former, "process.json", self.boot(), "other");
        replace(former, "process.json", self.host(), "elsewhere");
        assertThat(former.status().state()).isEqualTo(State.ELSEWHERE);

        assertThatThrownBy(() -> start(service, false)).hasMessageContaining("add --has-ended");
        assertThat(start(service, true).number()).isEqualTo(2);
        assertThat(former.status().state()).isEqualTo(State.VANISHED);
        assertThat(former.status().text()).isEqualTo("a person knew that it had ended on another host");
        awaitEnd(service.last().orElseThrow());
    }

    /** Makes a jar with a main class of services that only prints a word. */
    private void makeJar(Path jar) throws IOException {
        Path source = folder.resolve("ServiceMain.java");
        Files.writeString(source, """
                package org.experimaestro.runtime.side;
                public class ServiceMain {
                    public static void main(String[] arguments) {
                        System.out.println("begins");
                    }
                }""");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString()))
                .isZero();
        String name = "org/experimaestro/runtime/side/ServiceMain.class";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(folder.resolve(name), zip);
        }
    }

    @Test
    void start_linkBelowTheWorkspace_findsTheCode() throws Exception {
        Path experiments = service.workspace().resolve("experiments");
        Files.move(experiments, folder.resolve("disk"));
        Files.createSymbolicLink(experiments, folder.resolve("disk"));
        makeJar(WorkspaceLayout.classPath(service.workspace()).resolve("a.jar"));

        SideProcess process = start(service, false);
        awaitEnd(process);
        assertThat(process.log()).content().startsWith("begins");
    }

    /** The system refuses a process with so long a variable (E2BIG of execve(2)). */
    @Test
    void start_systemRefusesTheProcess_hasFailedAndCanBeStartedAgain() throws Exception {
        Map<String, String> tooLong = Map.of("EXAMPLE", "x".repeat(200_000));
        assertThatThrownBy(() -> SideStart.start(service, OptionalInt.empty(), tooLong))
                .hasMessageContaining("Cannot start the " + service);
        SideProcess former = service.last().orElseThrow();
        assertThat(former.status().state()).isEqualTo(State.FAILED);
        assertThat(former.status().text()).contains("it could not be started: ");
        assertThat(former.begin()).isFalse();

        SideProcess next = start(service, false);
        assertThat(next.number()).isEqualTo(2);
        awaitEnd(next);
    }

    @Test
    void start_largestNumberIsThere_isRefused() throws IOException {
        Path planted = service.process(999_999).path();
        Files.createDirectories(planted);
        Files.createDirectories(planted.resolveSibling("1000000"));

        assertThatThrownBy(() -> start(service, false)).hasMessageContaining("the largest number, 999999");
    }
}
