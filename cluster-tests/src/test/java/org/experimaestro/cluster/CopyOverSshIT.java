package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.connector.ssh.SshConnectorType;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.CopyTarget;
import org.experimaestro.copy.HostAddress;
import org.experimaestro.copy.HostSource;
import org.experimaestro.copy.HostTarget;
import org.experimaestro.copy.LocalSource;
import org.experimaestro.copy.LocalTarget;
import org.experimaestro.copy.WorkspaceCopy;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of jobs and runs from and to a workspace of a host, over a real ssh. */
@NeedsSshd
@Timeout(240)
class CopyOverSshIT {
    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private final List<JobFolder> jobs = new ArrayList<>();
    private Workspace here;
    private Path there;
    private Connector connector;

    @BeforeEach
    void make() throws Exception {
        here = Workspace.open(folder.resolve("it's a wörk space"));
        there = folder.resolve("the host's folder");
        connector = connect();
        for (int i = 0; i < 6; i++) {
            jobs.add(job(i));
        }
        RunFolder run = here.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        try (RunFolder.JobList list = run.openJobs()) {
            for (JobFolder job : jobs) {
                list.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of(), List.of(), "local", Instant.parse("2026-01-31T12:00:00Z")));
            }
        }
        run.describe(Map.of("ended", "2026-01-31T13:00:00.000Z", "outcome", "DONE"));
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private Connector connect() {
        return new SshConnectorType()
                .open(new ConnectorDefinition(
                        "gate",
                        "ssh",
                        new TreeMap<>(Map.of(
                                "host",
                                "test-ssh",
                                "config",
                                server.configuration().toString()))));
    }

    private JobFolder job(int number) throws IOException {
        String id = String.format("%032x", number + 1);
        JobFolder job = here.job("t", ConfigId.parse(id));
        job.write(
                "{\"format\":1,\"identifierFormat\":1,\"workspace\":\"../../../..\",\"configurations\":{\"x\":{\"type\":\"t\","
                        + "\"version\":1,\"class\":\"X\",\"id\":\"" + id
                        + "\",\"parameters\":{}}},\"value\":\"@x\"}",
                "");
        Claim.Granted claim = (Claim.Granted) job.claim(ProcessIdentity.current(), "grid/20260131-120000");
        claim.attempt().begin(ProcessIdentity.current(), 1_769_860_800_000L);
        Files.writeString(job.path().resolve("wört " + number), "content " + number);
        Files.createDirectories(job.path().resolve("empty"));
        Files.createSymbolicLink(job.path().resolve("link"), Path.of("wört " + number));
        if (number == 5) {
            claim.attempt().failed(FailureCause.EXCEPTION, "no such word", 1);
        } else {
            claim.attempt().done(1_769_860_800_000L, Map.of(), null);
        }
        return job;
    }

    private HostAddress address() {
        return new HostAddress("test-ssh", there.toString());
    }

    private static List<CopyStep> copy(CopySource source, CopyTarget target)
            throws UnreachableException, InterruptedException {
        Workspace workspace = source.workspace();
        JobsView view = WorkspaceIndex.open(workspace).view();
        List<CopyStep> told = new ArrayList<>();
        try (target) {
            WorkspaceCopy copy = new WorkspaceCopy(source, target);
            copy.perform(
                    copy.plan(CopySelection.of(
                            workspace,
                            view,
                            view.jobs().stream().map(JobView::name).toList(),
                            view.runs(),
                            view.experiments(),
                            true)),
                    told::add);
        }
        return told;
    }

    private List<CopyStep> send() throws UnreachableException, InterruptedException {
        return copy(new LocalSource(here), new HostTarget(connector, address()));
    }

    private static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String part : List.of("jobs", "experiments")) {
            if (!Files.exists(root.resolve(part))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    content.put(
                            root.relativize(file).toString(),
                            Files.isSymbolicLink(file)
                                    ? "link " + Files.readSymbolicLink(file)
                                    : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                                            ? "/"
                                            : Files.readString(file));
                }
            }
        }
        content.keySet().removeIf(path -> path.endsWith("/results"));
        return content;
    }

    @Test
    void copy_toAHost_hasTheSameContentAndSendsNothingTwice() throws Exception {
        assertThat(send()).allSatisfy(step -> assertThat(step).isInstanceOf(CopyStep.Copied.class));

        assertThat(content(there)).isEqualTo(content(here.root()));
        assertThat(there.resolve("incoming")).doesNotExist();
        assertThat(Workspace.view(there).jobs())
                .extracting(job -> job.status().state())
                .isEqualTo(jobs.stream().map(job -> job.status().state()).toList());
        assertThat(send()).allSatisfy(step -> assertThat(step).isInstanceOf(CopyStep.There.class));
    }

    @Test
    void copy_fromAHost_hasTheSameContent() throws Exception {
        send();
        Path back = folder.resolve("back");

        List<CopyStep> told;
        try (HostSource source = HostSource.open(connector, address())) {
            told = copy(source, new LocalTarget(back));
        }

        assertThat(told).hasSize(7).allSatisfy(step -> assertThat(step).isInstanceOf(CopyStep.Copied.class));
        assertThat(content(back)).isEqualTo(content(here.root()));
    }

    @Test
    void copy_otherContentThere_isToldAndStays() throws Exception {
        send();
        Path other = Workspace.view(there).job("t", jobs.getFirst().id()).path().resolve("wört 0");
        Files.writeString(other, "CONTENT 0");

        List<CopyStep> told = send();

        assertThat(told)
                .filteredOn(CopyStep.Refused.class::isInstance)
                .singleElement()
                .satisfies(step -> assertThat(((CopyStep.Refused) step).reason())
                        .hasMessageContaining("has it with other content", "wört 0 differs"));
        assertThat(other).hasContent("CONTENT 0");
    }

    @Test
    void copy_jobThatIsNotDoneThere_isRefused() throws Exception {
        Workspace target = Workspace.open(there);
        JobFolder job = target.job("t", jobs.getFirst().id());
        job.write("{}", "");
        assertThat(job.claim(ProcessIdentity.current(), "grid/1")).isInstanceOf(Claim.Granted.class);

        List<CopyStep> told = send();

        assertThat(told)
                .filteredOn(CopyStep.Refused.class::isInstance)
                .singleElement()
                .satisfies(step -> assertThat(((CopyStep.Refused) step).reason())
                        .hasMessageContaining("where it is not done, and may run"));
    }

    @Test
    void copy_connectionIsLostAgainAndAgain_goesOnUntilAllIsEqual() throws Exception {
        for (int i = 0; i < 4; i++) {
            Files.write(jobs.get(i).path().resolve("large"), new byte[30 << 20]);
        }
        for (int tries = 0; tries < 5; tries++) {
            Connector doomed = connect();
            Thread.ofPlatform().start(() -> {
                LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                doomed.close();
            });
            try {
                copy(new LocalSource(here), new HostTarget(doomed, address()));
            } catch (UnreachableException lost) {
                assertThat(lost).hasMessageContaining("gate");
            }
            for (JobFolder job : Workspace.view(there).jobs()) {
                assertThat(content(there)).containsKey("jobs/" + job.name() + "/link");
            }
        }

        assertThat(send()).noneSatisfy(step -> assertThat(step).isInstanceOf(CopyStep.Refused.class));

        assertThat(content(there)).isEqualTo(content(here.root()));
    }

    @Test
    void open_noWorkspaceThere_isRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> HostSource.open(connector, address()))
                .hasMessageContaining("Cannot read the workspace " + address());
    }
}
