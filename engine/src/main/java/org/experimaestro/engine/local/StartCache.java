package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.experimaestro.base.file.Digests;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.base.process.ClassPathText;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.ClassPathStore;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/**
 * The ahead-of-time cache (JEP 483, 514, 515) that makes jobs start faster: Experimaestro's own classes, already loaded
 * and linked. It is made once for each JDK and each version of Experimaestro, by a process of its own, while the first
 * jobs run without it. Jobs run even if the cache fails, because it is only an optimization. Thread-safe.
 */
public final class StartCache {
    private static final String NAME = "aot";
    private static final int FIRST_FEATURE = 25;
    private static final String REHEARSAL_MAIN = "org.experimaestro.runtime.Rehearsal";
    /**
     * The option that hides messages about a cache that the JVM cannot use from the job's log; all other messages stay.
     */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    /**
     * The options that keep the training from recording which methods are called often. With such records, a job's JVM
     * compiles these methods at its start, whether its task calls them or not: that took a fifth of a short job's CPU.
     */
    private static final List<String> WITHOUT_PROFILES =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:-AOTRecordTraining");

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
     * Creates a cache.
     *
     * @param cache the folder of this user's caches; its folder {@value #NAME} is made when needed
     * @param notices the receiver, at most once, of the reason why jobs start without the cache
     */
    public StartCache(Path cache, Consumer<String> notices) {
        this(cache, notices, RunClock.SYSTEM);
    }

    /**
     * Creates a cache.
     *
     * @param cache the folder of this user's caches
     * @param notices the receiver, at most once, of the reason why jobs start without the cache
     * @param clock the clock that gives the age of a training's mark
     */
    public StartCache(Path cache, Consumer<String> notices, RunClock clock) {
        this.cache = cache;
        this.notices = notices;
        this.clock = clock;
        this.folder = cache.resolve(NAME);
    }

    /**
     * Returns the options for a job's JVM.
     *
     * @param ownClassPath Experimaestro's own jars, with which the job's class path begins
     * @param environment the job's environment, in which the user may have put options
     * @return the options; empty as long as there is no cache, and if the user has chosen a cache
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
            List<String> options = new ArrayList<>(List.of("-XX:AOTCache=" + file));
            options.addAll(quiet(environment));
            return options;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the option that hides messages about caches, unless the user has asked for such messages. */
    static List<String> quiet(Map<String, String> environment) {
        return JvmOptions.isSaid(environment, StartCache::isAboutItsMessages) ? List.of() : List.of(QUIET);
    }

    /**
     * Returns whether an option conflicts with the cache: the JVM does not start with both, or makes a cache of its
     * own.
     */
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

    /**
     * Returns the file of the cache; {@code null} if the folder is not safe. A JVM runs the content of a cache in place
     * of the classes themselves, so nobody else may be able to write there.
     */
    private @Nullable Path prepare(List<Path> ownClassPath) {
        try {
            if (folder.toString().indexOf(':') >= 0) {
                // A JVM takes a colon for the separator of two caches, and does not start.
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
     * Trains with copies of Experimaestro's own jars in the cache's folder. Others may write in a workspace, and their
     * changes would be in the jobs of all workspaces.
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
            training.start(place, WITHOUT_PROFILES, classPath, REHEARSAL_MAIN);
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
