package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Outcome;
import org.experimaestro.Partial;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.shared.ComputedFolder;
import org.experimaestro.workspace.shared.SharedFolders;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that share a folder, one at a time. */
@Timeout(120)
class SharedFoldersRunTest extends PlanFixture {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** The number of the folders that were filled. */
    static final AtomicInteger COMPUTED = new AtomicInteger();

    @ConfigType("shared.weights")
    record Weights(Path file) implements Configurable {}

    /** A configuration in a task, with a folder that its users share. */
    @ConfigType("shared.corpus")
    @Partial(value = "tokens", exclude = "reading")
    record Corpus(
            String name,
            @Group("reading") int limit,
            @GeneratedPath(value = "", partial = "tokens") Path tokens) implements Configurable {}

    /** Adds its number to the files that it finds. */
    @ConfigType("shared.learn")
    @Partial(value = "states", exclude = "length")
    record Learn(
            String name,
            @Group("length") int epochs,
            Corpus corpus,

            @GeneratedPath(value = "all", partial = "states")
            Path states,

            @GeneratedPath("weights") Path weights)
            implements Task<Weights> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Files.createDirectories(states);
            Files.writeString(states.resolve("epoch-" + epochs), name);
            Files.writeString(corpus.tokens().resolve("from-" + epochs), name);
            Path once = context.cached(this.corpus, "size", folder -> {
                COMPUTED.incrementAndGet();
                if (name.equals("fails once") && COMPUTED.get() == 1) {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("the disk is full");
                }
                Files.writeString(folder.resolve("size"), "1");
            });
            context.metric("files", once.toFile().list().length);
            Files.writeString(weights, name);
        }

        @Override
        public Weights outputs(Dependency dep) {
            return dep.on(new Weights(name.equals("wrong") ? states : weights));
        }
    }

    private static Config<Learn> learn(String name, int epochs) {
        Config<Corpus> corpus = Config.builder(Corpus.class)
                .set("name", "c")
                .set("limit", epochs)
                .build();
        return Config.builder(Learn.class)
                .set("name", name)
                .set("epochs", epochs)
                .set("corpus", corpus.asMeta())
                .build();
    }

    private JobBehavior counted(TaskSubmission job) {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        running.decrementAndGet();
        return JobBehavior.executes();
    }

    private TokenDesk desk() {
        Workspace workspace = Workspace.open(workspace());
        return new TokenDesk(
                new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens),
                InstantSource.system());
    }

    private Path states(Config<Learn> learn) {
        return workspace().resolve("shared/shared.learn/states/" + learn.partialId("states"));
    }

    @Test
    void run_jobsWithOnePartialIdentifier_useOneFolderOneAtATime() throws IOException {
        PlanRun run = runner((xp, settings) -> {
                    for (int epochs = 1; epochs <= 4; epochs++) {
                        xp.submit(learn("a", epochs));
                    }
                })
                .concurrentJobs(4)
                .jobs(this::counted)
                .run("settings");

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(most.get()).isOne();
        assertThat(states(learn("a", 1)).resolve("all"))
                .isDirectoryContaining("glob:**epoch-1")
                .isDirectoryContaining("glob:**epoch-4");
        JobFolder job = job(learn("a", 2));
        assertThat(job.path().resolve("all")).doesNotExist();
        assertThat(SharedFolders.of(job))
                .containsExactly(
                        "shared/shared.learn/states/" + learn("a", 1).partialId("states"),
                        "shared/shared.corpus/tokens/"
                                + learn("a", 1).get(Learn::corpus).partialId("tokens"));
    }

    @Test
    void run_folderIsWithAnotherJob_waitsAndSaysForWhich() throws Exception {
        Config<Learn> waits = learn("a", 2);
        Config<Learn> other = learn("a", 3);
        String token = "shared/shared.learn/states/" + waits.partialId("states");
        try (TokenDesk desk = desk()) {
            TokenShare share = desk.ask("shared.learn/" + other.id(), "", new TreeMap<>(Map.of(token, 1L)), 0);
            CompletableFuture<PlanRun> run =
                    CompletableFuture.supplyAsync(() -> run((xp, settings) -> xp.submit(waits)));
            // Before its run has asked, the job is one of those that the run has not asked for.
            String reason = "shared folder shared.learn/states/" + waits.partialId("states") + ": used by shared.learn/"
                    + other.id();
            await("its reason is told", () -> reason(waits).subject().equals(reason));
            assertThat(reason(waits).kind()).isEqualTo(Reason.Kind.TOKENS);
            assertThat(deleteUnused(new SharedFolders(Workspace.open(workspace()))))
                    .isEmpty();

            desk.giveBack(share);
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void cached_ofTwoJobsAndAFailure_isFilledOnce() {
        COMPUTED.set(0);
        PlanRun failed = run((xp, settings) -> xp.submit(learn("fails once", 1)));
        PlanRun run = runner((xp, settings) -> {
                    xp.submit(learn("fails once", 1));
                    xp.submit(learn("b", 1));
                })
                .concurrentJobs(2)
                .run("settings");

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(COMPUTED.get()).isEqualTo(2);
        Config<Corpus> corpus = learn("b", 1).get(Learn::corpus);
        assertThat(workspace().resolve("computed/shared.corpus/" + corpus.id()))
                .isDirectoryNotContaining("glob:**making-*")
                .isDirectoryContaining("glob:**size");
    }

    @Test
    void cached_whileAnotherJobFillsIt_waitsForItsEnd() throws Exception {
        Workspace.open(workspace());
        Config<Learn> one = learn("a", 1);
        ComputedFolder computed = new ComputedFolder("shared.corpus", one.id(), "size");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Path> first = threads.submit(() -> computed.fill(
                    job(one),
                    making -> {
                        begun.countDown();
                        waits.await();
                        Files.writeString(making.resolve("size"), "1");
                    },
                    text -> {}));
            begun.await();
            List<String> told = new ArrayList<>();
            Path second = computed.fill(
                    job(learn("b", 1)),
                    making -> {
                        throw new AssertionError("it is there already");
                    },
                    text -> {
                        told.add(text);
                        waits.countDown();
                    });

            assertThat(second.resolve("size")).hasContent("1");
            assertThat(second).isEqualTo(first.get());
            assertThat(told)
                    .containsExactly("Waits: computed folder shared.corpus/" + one.id() + "/size: used by shared.learn/"
                            + one.id());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void submit_outputsInASharedFolder_areRefused() {
        assertThatThrownBy(() -> run((xp, settings) -> xp.submit(learn("wrong", 1))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("returned a shared.weights whose parameter file is in the shared folder")
                .hasMessageContaining("copy what you need to a path in the job's folder");
    }

    @Test
    void deleteUnused_keepsFoldersUntilTheLastJobIsDeleted() {
        Config<Learn> first = learn("a", 1);
        Config<Learn> second = learn("a", 2);
        run((xp, settings) -> List.of(first, second).forEach(xp::submit));
        Workspace workspace = Workspace.open(workspace());
        SharedFolders folders = new SharedFolders(workspace);

        clean(workspace, first, true);
        assertThat(deleteUnused(folders))
                .containsExactly(
                        "computed/shared.corpus/" + first.get(Learn::corpus).id() + "/size");
        clean(workspace, second, false);
        assertThat(deleteUnused(folders)).isEmpty();
        try (TrashChange change = new Trash(workspace).change()) {
            new Trash(workspace).entries().forEach(change::delete);
        }
        assertThat(deleteUnused(folders))
                .contains("shared/shared.learn/states/" + first.partialId("states"))
                .hasSize(3);
        assertThat(states(first)).doesNotExist();
        assertThat(folders.list()).isEmpty();
    }

    private static List<String> deleteUnused(SharedFolders folders) {
        SharedFolders.Deletion deletion = folders.delete(folders.unused(List.of()));
        assertThat(deletion.failures()).isEmpty();
        return deletion.deleted();
    }

    private void clean(Workspace workspace, Config<?> task, boolean isDeleted) {
        Trash trash = new Trash(workspace);
        try (TrashChange change = trash.change()) {
            JobFolder job = job(task);
            Path entry = change.newEntry(Instant.EPOCH.plusSeconds(isDeleted ? 1 : 2), "a test", List.of(job.name()));
            change.move(job, job.status(), entry);
            if (isDeleted) {
                for (TrashEntry each : trash.entries()) {
                    change.delete(each);
                }
            }
        }
    }

    private Reason reason(Config<?> task) {
        Workspace workspace = Workspace.view(workspace());
        JobsView view =
                SubmittedJobs.addTo(workspace, WorkspaceIndex.open(workspace).view());
        JobView job = view.find(job(task).name()).orElse(null);
        return Optional.ofNullable(job)
                .flatMap(found -> new Reasons(workspace, view).find(found))
                .orElseGet(() -> Reason.of(Reason.Kind.STARTING, "", List.of(), ""));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
