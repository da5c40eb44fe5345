package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.experimaestro.base.file.Digests;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.job.ClassPathText;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.ClassPathStore;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/**
 * The ahead-of-time cache (JEP 483, 514, 515) that makes jobs start faster: our own classes, already loaded and linked.
 * Made once for each JDK and each version of ours, by a process of its own, while the first jobs run without it. Only an
 * optimization: whatever goes wrong with it, jobs run. Thread-safe.
 */
public final class StartCache {
    private static final String NAME = "aot";
    private static final int FIRST_FEATURE = 25;
    private static final String REHEARSAL_MAIN = "org.experimaestro.runtime.Rehearsal";
    /** A cache that the JVM cannot use is left aside without a word in the job's log; all other messages stay. */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    private static final String WITHOUT = "Jobs start without the start cache, which takes each of them longer: ";

    private final Path cache;
    private final Path folder;
    private final Consumer<String> notices;
    private final RunClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Path file;
    private boolean isRefused;
    private boolean trainingTried;
    private boolean usable;

    /**
     * A cache.
     *
     * @param cache the folder of this user's caches; they are kept in {@value #NAME} of it, which is made when needed
     * @param notices is told, once at most, why jobs start without it
     */
    public StartCache(Path cache, Consumer<String> notices) {
        this(cache, notices, RunClock.SYSTEM);
    }

    /**
     * A cache.
     *
     * @param cache the folder of this user's caches
     * @param notices is told, once at most, why jobs start without it
     * @param clock tells how old the mark of a training is
     */
    public StartCache(Path cache, Consumer<String> notices, RunClock clock) {
        this.cache = cache;
        this.notices = notices;
        this.clock = clock;
        this.folder = cache.resolve(NAME);
    }

    /**
     * The options for a job's JVM.
     *
     * @param ownClassPath the beginning of the job's class path: jars
     * @param environment the job's environment, in which the user may have put options
     * @return empty as long as there is no cache, and where the user says which one to use
     */
    public List<String> options(List<Path> ownClassPath, Map<String, String> environment) {
        if (Runtime.version().feature() < FIRST_FEATURE
                || ownClassPath.isEmpty()
                || JvmOptions.isSaid(environment, StartCache::isAboutCaches)) {
            return List.of();
        }
        lock.lock();
        try {
            if (file == null && !isRefused) {
                file = prepare(ownClassPath);
            }
            if (file == null) {
                return List.of();
            }
            usable = usable || Files.isRegularFile(file);
            if (!usable && !trainingTried) {
                trainingTried = true;
                train(file, ownClassPath);
            }
            if (!usable) {
                return List.of();
            }
            String option = "-XX:AOTCache=" + file;
            return JvmOptions.isSaid(environment, StartCache::isAboutItsMessages)
                    ? List.of(option)
                    : List.of(option, QUIET);
        } finally {
            lock.unlock();
        }
    }

    /** The JVM does not start with our cache and one of these, or makes one of its own. */
    private static boolean isAboutCaches(String option) {
        return option.startsWith("-XX:AOT")
                || option.startsWith("-Xshare")
                || option.startsWith("-XX:SharedArchiveFile")
                || option.startsWith("-XX:SharedClassListFile")
                || option.startsWith("-XX:DumpLoadedClassList")
                || option.startsWith("-XX:ArchiveClassesAtExit")
                || option.startsWith("-XX:+AutoCreateSharedArchive");
    }

    private static boolean isAboutItsMessages(String option) {
        return option.equals("-Xlog")
                || option.startsWith("-Xlog:")
                        && (option.contains("aot") || option.contains("cds") || option.contains("all"));
    }

    /** What a cache has is run in the place of the classes themselves, so that nobody else may have put it there. */
    private @Nullable Path prepare(List<Path> ownClassPath) {
        try {
            if (folder.toString().indexOf(':') >= 0) {
                // To a JVM, it stands between two caches, and it does not start then.
                throw new FileSystemException(folder.toString(), null, "there is a colon in its name");
            }
            return PrivateFolder.make(cache, NAME).resolve(key(ownClassPath) + ".aot");
        } catch (IOException refused) {
            isRefused = true;
            notices.accept(WITHOUT + Failures.reason(refused) + "; " + UserFolder.CACHE.advice());
            return null;
        }
    }

    /**
     * Trains with copies of our own jars in the cache's folder: others may write in a workspace, and what they had put there would
     * be in the jobs of all workspaces.
     */
    private void train(Path made, List<Path> ownClassPath) {
        CacheTraining training = new CacheTraining(made, clock);
        try {
            if (!training.reserve()) {
                return;
            }
            List<Path> copies = new ClassPathStore(folder.resolve("classpath")).snapshot(RuntimeClassPath.find());
            if (!key(copies).equals(key(ownClassPath))) {
                training.cancel();
                return;
            }
            Path place = copies.getFirst().resolveSibling("");
            String classPath =
                    ClassPathText.of(copies.stream().map(Path::toString).toList(), place.toString());
            training.start(place, List.of(), classPath, REHEARSAL_MAIN);
        } catch (IOException failed) {
            notices.accept(WITHOUT + Failures.reason(failed));
        }
    }

    static String key(List<Path> ownClassPath) {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"))
                .append('\n')
                .append(System.getProperty("java.home"));
        for (Path jar : ownClassPath) {
            text.append('\n').append(jar.getFileName()); // which contains the digest of its content
        }
        byte[] digest = Digests.newSha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }
}
