package org.experimaestro.engine.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ahead-of-time cache (JEP 483, 514, 515) that makes jobs start faster: our own classes, already loaded and linked.
 * Made once for each JDK and each version of ours, in a process of its own, while the first jobs run without it. Only
 * an optimization: whatever goes wrong with it, jobs run. Thread-safe.
 */
public final class StartCache {
    private static final int FIRST_FEATURE = 25;
    private static final long TRAINING_SECONDS = 120;

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Path cache;
    private boolean sought;

    /**
     * A cache.
     *
     * @param folder where caches are kept; made when needed
     */
    public StartCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The options for a job's JVM.
     *
     * @param ownClassPath the beginning of the job's class path: jars
     * @return empty as long as there is no cache
     */
    public List<String> options(List<Path> ownClassPath) {
        Path usable = find(ownClassPath);
        // A cache that the JVM cannot use is left aside without a word in the job's log.
        return usable == null ? List.of() : List.of("-XX:AOTCache=" + usable, "-Xlog:disable", "-Xlog:all=off");
    }

    private @Nullable Path find(List<Path> ownClassPath) {
        lock.lock();
        try {
            if (!sought) {
                sought = true;
                seek(ownClassPath);
            }
            return cache;
        } finally {
            lock.unlock();
        }
    }

    private void seek(List<Path> ownClassPath) {
        if (Runtime.version().feature() < FIRST_FEATURE) {
            return;
        }
        Path file = folder.resolve(key(ownClassPath) + ".aot");
        if (Files.isRegularFile(file)) {
            cache = file;
        } else {
            Thread.ofVirtual().name("experimaestro-start-cache").start(() -> train(file, ownClassPath));
        }
    }

    private void train(Path file, List<Path> ownClassPath) {
        System.Logger log = System.getLogger(StartCache.class.getName());
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, ".tmp-", ".aot");
            try {
                Training.run(temporary, ownClassPath, TRAINING_SECONDS, TimeUnit.SECONDS);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            lock.lock();
            try {
                cache = file;
            } finally {
                lock.unlock();
            }
        } catch (IOException | UncheckedIOException failed) {
            log.log(System.Logger.Level.DEBUG, "Jobs start without a cache", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(List<Path> ownClassPath) {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"))
                .append('\n')
                .append(System.getProperty("java.home"));
        for (Path jar : ownClassPath) {
            text.append('\n').append(jar.getFileName()); // which contains the digest of its content
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
