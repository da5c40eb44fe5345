package org.experimaestro.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.copy.bundle.BundleWriter;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that are interrupted at any point, and runs that begin meanwhile. */
@Timeout(240)
@Tag("thorough")
class WorkspaceCopyTest {
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    /** A source whose reading fails after some bytes, and which can act before it reads. */
    private static final class DisturbedSource implements CopySource {
        private final CopySource source;
        private final Runnable act;
        private final Runnable after;
        private long left;

        DisturbedSource(CopySource source, long bytes, Runnable act) {
            this(source, bytes, act, () -> {});
        }

        DisturbedSource(CopySource source, long bytes, Runnable act, Runnable after) {
            this.after = after;
            this.source = source;
            this.left = bytes;
            this.act = act;
        }

        @Override
        public Workspace workspace() {
            return source.workspace();
        }

        @Override
        public SortedMap<String, FolderEntry> list(Collection<CopyPart> parts)
                throws UnreachableException, InterruptedException {
            return source.list(parts);
        }

        @Override
        public void read(Map<String, FolderEntry.Content> files, HostFolder.Receiver receiver)
                throws UnreachableException, InterruptedException {
            act.run();
            source.read(
                    files,
                    (path, content) -> receiver.receive(path, new FilterInputStream(content) {
                        @Override
                        public int read(byte[] bytes, int offset, int length) throws IOException {
                            int count = super.read(bytes, offset, (int) Math.min(length, Math.max(left, 1)));
                            left -= Math.max(count, 0);
                            if (left < 0) {
                                throw new IOException("interrupted by the test");
                            }
                            return count;
                        }
                    }));
            after.run();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private static List<CopyStep> copy(CopySource source, Path to) throws Exception {
        List<CopyStep> told = new ArrayList<>();
        try (LocalTarget target = new LocalTarget(to)) {
            WorkspaceCopy copy = new WorkspaceCopy(source, target);
            copy.perform(copy.plan(RandomJobs.all(source.workspace())), told::add);
        }
        return told;
    }

    private static List<CopyStep.Refused> refused(List<CopyStep> steps) {
        return steps.stream()
                .filter(CopyStep.Refused.class::isInstance)
                .map(CopyStep.Refused.class::cast)
                .toList();
    }

    private static void assertHasOnlyWholeJobs(RandomJobs from, Path to) throws IOException {
        Map<String, String> here = RandomJobs.content(from.workspace.root());
        Map<String, String> there = RandomJobs.content(to);
        assertThat(here).containsAllEntriesOf(there);
        for (JobFolder job : from.jobs) {
            String path = "jobs/" + job.name();
            if (there.containsKey(path)) {
                here.keySet().stream()
                        .filter(file -> file.startsWith(path))
                        .forEach(file -> assertThat(there).containsKey(file));
            }
        }
    }

    @Test
    void perform_workspaceOfAGroup_keepsTheGroup() throws Exception {
        assumeTrue(OtherUser.find().isPresent(), "only root can give a folder to a group that it is not in");
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(1), 3, 1_000);
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.setAttribute(to, "unix:gid", OtherUser.NUMBER);
        Files.setAttribute(to, "unix:mode", 02775);

        assertThat(refused(copy(new LocalSource(jobs.workspace), to))).isEmpty();

        try (Stream<Path> all = Files.walk(to)) {
            assertThat(all).allSatisfy(path -> {
                assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(OtherUser.NUMBER);
                boolean isFolder = Files.isDirectory(path);
                assertThat((Integer) Files.getAttribute(path, "unix:mode") & 02000)
                        .isEqualTo(isFolder ? 02000 : 0);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void perform_interruptedAtRandomBytes_goesOnUntilAllIsEqual(long seed) throws Exception {
        Random random = new Random(seed);
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), random, 12, 50_000);
        Path to = folder.resolve("to");
        for (int tries = 0; tries < 10; tries++) {
            CopySource source = new DisturbedSource(new LocalSource(jobs.workspace), random.nextInt(300_000), () -> {});
            copy(source, to);
            assertHasOnlyWholeJobs(jobs, to);
        }

        assertThat(refused(copy(new LocalSource(jobs.workspace), to))).isEmpty();

        assertThat(RandomJobs.content(to)).isEqualTo(RandomJobs.content(jobs.workspace.root()));
        assertThat(to.resolve("incoming")).doesNotExist();
        assertThat(copy(new LocalSource(jobs.workspace), to))
                .allSatisfy(step -> assertThat(step).isInstanceOf(CopyStep.There.class));
    }

    @Test
    void plan_runOfAnotherHostWithoutEnd_isRefused() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(3), 2, 100);
        Map<String, Object> process =
                new LinkedHashMap<>(ProcessIdentity.current().toJson());
        process.replaceAll((key, value) -> value instanceof String ? "another" : value);
        jobs.workspace
                .experiment("grid")
                .newRun(Instant.parse("2026-02-01T12:00:00Z"))
                .describe(Map.of("process", process));

        List<CopyStep.Refused> refused = refused(copy(new LocalSource(jobs.workspace), folder.resolve("to")));

        assertThat(refused)
                .singleElement()
                .satisfies(step -> assertThat(step.reason()).hasMessageContaining("cannot be seen from this machine"));
    }

    @Test
    void select_neededJobIsGone_isAProblem() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(2), 12, 100);
        for (JobFolder job : jobs.jobs.subList(0, 11)) {
            Folders.delete(job.path());
        }

        assertThat(RandomJobs.all(jobs.workspace).problems())
                .singleElement()
                .asString()
                .endsWith("it is gone");
    }

    @Test
    void write_jobThatHasDisappeared_isRefused() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(3), 3, 100);
        CopySelection selection = RandomJobs.all(jobs.workspace);
        Folders.delete(jobs.jobs.getFirst().path());

        BundleWriter.Result result = new BundleWriter(new LocalSource(jobs.workspace), "1")
                .write(selection, folder.resolve("results.zip"), false);

        assertThat(result.jobs()).isEqualTo(2);
        assertThat(result.refused())
                .singleElement()
                .satisfies(step -> assertThat(step.reason()).hasMessageContaining("it has disappeared"));
    }

    @Test
    void perform_processKilledAtRandomPoints_nextOneGoesOn() throws Exception {
        Random random = new Random(7);
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), random, 60, 400_000);
        Path to = folder.resolve("to");
        for (int i = 0; i < KILLS; i++) {
            Process process = start(jobs.workspace.root(), to);
            process.inputReader().readLine();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
            process.destroyForcibly().waitFor();
            assertHasOnlyWholeJobs(jobs, to);
        }

        Process last = start(jobs.workspace.root(), to);
        String told = String.join("\n", last.inputReader().readAllLines());
        assertThat(last.waitFor()).as(told).isZero();

        assertThat(RandomJobs.content(to)).isEqualTo(RandomJobs.content(jobs.workspace.root()));
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".experimaestro-copy"))
                    .doesNotContain("incoming");
        }
    }

    private static Process start(Path from, Path to) throws IOException {
        return new ProcessBuilder(JvmCommand.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        CopyProgram.class.getName(),
                        from.toString(),
                        to.toString()))
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void perform_stagedFiles_areNotReadAgain() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(3), 1, 10);
        JobFolder job = jobs.jobs.getFirst();
        Files.write(job.path().resolve("a.bin"), new byte[100_000]);
        Files.write(job.path().resolve("b.bin"), new byte[100_000]);
        Path to = folder.resolve("to");
        assertThat(refused(copy(new DisturbedSource(new LocalSource(jobs.workspace), 150_000, () -> {}), to)))
                .isNotEmpty();

        // b.bin and some small files are left, which have less than both
        List<CopyStep> told = copy(new DisturbedSource(new LocalSource(jobs.workspace), 150_000, () -> {}), to);

        assertThat(refused(told)).isEmpty();
    }

    @Test
    void perform_fileChangesMeanwhile_isAnErrorOfItsJobOnly() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(4), 3, 1_000);
        JobFolder changing = jobs.jobs.get(1);
        Path file = Files.writeString(changing.path().resolve("grows"), "a");
        CopySource source = new DisturbedSource(new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> append(file));

        List<CopyStep> told = copy(source, folder.resolve("to"));

        assertThat(refused(told))
                .singleElement()
                .satisfies(left -> assertThat(left.part().name()).isEqualTo(changing.name()))
                .satisfies(left -> assertThat(left.reason()).hasMessageContaining("changed while it was copied"));
    }

    @Test
    void perform_fileIsAddedAfterTheOthersWereRead_isAnErrorOfItsJob() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(10), 1, 1_000);
        Path file = jobs.jobs.getFirst().path().resolve("late");
        CopySource source = new DisturbedSource(
                new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> {}, () -> write(file, "late"));

        List<CopyStep> told = copy(source, folder.resolve("to"));

        assertThat(refused(told))
                .singleElement()
                .satisfies(left -> assertThat(left.reason())
                        .hasMessageContaining("it was changed while it was copied: ", "late was added"));
    }

    @Test
    void perform_copyIsDamagedAfterItWasWritten_isAnErrorOfItsJob() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(11), 1, 1_000);
        Files.writeString(jobs.jobs.getFirst().path().resolve("damaged"), "right");
        Path to = folder.resolve("to");
        CopySource source = new DisturbedSource(
                new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> {}, () -> damage(to.resolve("incoming")));

        List<CopyStep> told = copy(source, to);

        assertThat(refused(told))
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).hasMessageContaining("its copy has other content"));
        assertThat(refused(copy(new LocalSource(jobs.workspace), to))).isEmpty();
    }

    private static void damage(Path incoming) {
        try (Stream<Path> files = Files.walk(incoming)) {
            files.filter(file -> file.endsWith("damaged")).forEach(file -> write(file, "wrong"));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static void append(Path file) {
        try {
            write(file, Files.readString(file) + "a");
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void perform_runClaimsTheJobMeanwhile_jobStaysItsOwn() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(5), 1, 1_000);
        JobFolder job = jobs.jobs.getFirst();
        Path to = folder.resolve("to");
        Workspace target = Workspace.open(to);
        JobFolder there = target.job(job.typeId(), job.id());
        CopySource source = new DisturbedSource(new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> claim(there));

        List<CopyStep> told = copy(source, to);

        assertThat(refused(told))
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).hasMessageContaining("it has appeared there meanwhile"));
        assertThat(there.status()).isInstanceOf(JobStatus.Starting.class);
    }

    @Test
    void perform_runClaimsAtTheSameTime_oneOfThemHasTheJob() throws Exception {
        Random random = new Random(13);
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), random, 1, 1_000);
        JobFolder job = jobs.jobs.getFirst();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        for (int i = 0; i < 150; i++) {
            Path to = folder.resolve("to " + i);
            JobFolder there = Workspace.open(to).job(job.typeId(), job.id());
            Claim[] claimed = new Claim[1];
            long delay = random.nextInt(4_000_000);
            Thread run = Thread.ofPlatform().unstarted(() -> {
                LockSupport.parkNanos(delay);
                claimed[0] = claim(there);
            });
            CopySource source =
                    new DisturbedSource(new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> {}, run::start);

            boolean isCopied = refused(copy(source, to)).isEmpty();
            run.join();

            assertThat(claimed[0] instanceof Claim.Granted)
                    .as("claimed in round " + i)
                    .isNotEqualTo(isCopied);
            assertThat(there.status()).isInstanceOf(isCopied ? JobStatus.Done.class : JobStatus.Starting.class);
        }
    }

    @Test
    void perform_failedJobIsClaimedMeanwhile_jobStaysItsOwn() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(6), 4, 1_000);
        JobFolder job = jobs.jobs.stream()
                .filter(each -> each.status() instanceof JobStatus.Done)
                .findFirst()
                .orElseThrow();
        Path to = folder.resolve("to");
        JobFolder there = Workspace.open(to).job(job.typeId(), job.id());
        Claim.Granted first = (Claim.Granted) there.claim(ProcessIdentity.current(), "test");
        first.attempt().giveUp(ProcessIdentity.current(), "the test's");
        CopySource source = new DisturbedSource(new LocalSource(jobs.workspace), Long.MAX_VALUE, () -> claim(there));

        List<CopyStep> told = copy(source, to);

        assertThat(refused(told))
                .anySatisfy(left -> assertThat(left.reason()).hasMessageContaining("it has changed since"));
        assertThat(there.status()).isInstanceOf(JobStatus.Starting.class);
    }

    private static Claim claim(JobFolder job) {
        try {
            return job.claim(ProcessIdentity.current(), "grid/1");
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void perform_jobBehindALinkOfAnotherUser_isRefused() throws Exception {
        OtherUser other = OtherUser.find().orElse(null);
        assumeTrue(other != null, "there is no other user");
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(8), 2, 1_000);
        JobFolder linked = jobs.jobs.getFirst();
        Path secret = folder.resolve("secret");
        Files.move(linked.path(), secret);
        other.own(Files.createSymbolicLink(linked.path(), secret));

        List<CopyStep> told = copy(new LocalSource(jobs.workspace), folder.resolve("to"));

        assertThat(refused(told))
                .singleElement()
                .satisfies(left -> assertThat(left.reason())
                        .hasMessageContaining("Cannot copy " + linked.name(), "is behind the link"));
    }

    @Test
    void perform_jobBehindALinkOfThisUser_isCopiedAsAFolder() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(9), 1, 1_000);
        JobFolder linked = jobs.jobs.getFirst();
        Path disk = Files.createDirectory(folder.resolve("another disk"));
        Files.move(linked.path(), disk.resolve("job"));
        Files.createSymbolicLink(linked.path(), disk.resolve("job"));
        Path to = folder.resolve("to");

        assertThat(refused(copy(new LocalSource(jobs.workspace), to))).isEmpty();

        Path copied = to.resolve("jobs").resolve(linked.name());
        assertThat(copied).isDirectory();
        assertThat(Files.isSymbolicLink(copied)).isFalse();
    }

    @Test
    void write_bundleThatCannotBeEnded_leavesNoFile() throws Exception {
        RandomJobs jobs = new RandomJobs(folder.resolve("from"), new Random(14), 3, 1_000);
        CopySource source = new DisturbedSource(new LocalSource(jobs.workspace), 2_000, () -> {});
        CopySelection all = RandomJobs.all(jobs.workspace);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> new BundleWriter(source, "1").write(all, folder.resolve("results.zip"), false)))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("interrupted by the test");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(jobs.workspace.root());
        }
    }

    @Test
    void stage_hostileNames_areRefused() {
        for (String name : List.of("../x", "/x", "jobs//x", "jobs/./x")) {
            FolderEntry.Content content = new FolderEntry.Content(
                    0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false, 0);
            SortedMap<String, FolderEntry> entries = new java.util.TreeMap<>(Map.of(name, content));
            CopySource source = new DisturbedSource(
                    new LocalSource(Workspace.view(folder.resolve("none"))), Long.MAX_VALUE, () -> {});

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> new Staging(folder).stage(List.of(FileParts.of(name)), entries, source)))
                    .as(name)
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("not the name of a file below a folder");
        }
    }
}
