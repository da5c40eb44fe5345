package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiled plans in {@code <cache>/plans/<key>/}. An entry appears whole, by a rename; of two processes that make the same
 * entry the first wins, and both use it.
 */
final class CompiledPlanCache {
    /** Libraries that may change are resolved again after this time. */
    private static final Duration CHANGING_LIFE = Duration.ofDays(1);

    private static final String UNFINISHED = "new-";

    private final Path folder;
    private final InstantSource clock;

    CompiledPlanCache(Path cache, InstantSource clock) {
        this.folder = cache.toAbsolutePath().normalize().resolve("plans");
        this.clock = clock;
    }

    /** Fills the folder of a new entry; its own jars lie directly in it. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes the entry's jars.
         *
         * @param entry an empty folder
         * @return what the entry says
         */
        CachedPlan make(Path entry) throws IOException;
    }

    /** The entry of a key, if it is there, undamaged, fresh enough, and all its jars are there. */
    Optional<CachedPlan> find(String key) throws IOException {
        return CachedPlan.find(folder.resolve(key)).filter(this::isFresh);
    }

    /** Makes the entry of a key, in place of an unusable one. */
    CachedPlan store(String key, Maker maker) throws IOException {
        Files.createDirectories(folder);
        deleteLeftovers();
        Path made = Files.createTempDirectory(folder, UNFINISHED);
        try {
            maker.make(made).write(made);
            publish(made, key);
        } finally {
            Folders.delete(made);
        }
        return CachedPlan.find(folder.resolve(key))
                .orElseThrow(() -> new IOException("The entry " + folder.resolve(key) + " vanished while it was used"));
    }

    private boolean isFresh(CachedPlan plan) {
        Instant resolvedAt = plan.resolvedAt();
        return resolvedAt == null
                || Duration.between(resolvedAt, clock.instant()).compareTo(CHANGING_LIFE) < 0;
    }

    private void publish(Path made, String key) throws IOException {
        Path entry = folder.resolve(key);
        while (!renamed(made, entry)) {
            if (find(key).isPresent()) {
                return;
            }
            // Unusable: moved aside under a name of its own, so that only one of several processes takes it away.
            Path aside = made.resolveSibling(made.getFileName() + "-old");
            if (renamed(entry, aside)) {
                Folders.delete(aside);
            }
        }
    }

    /** Whether the folder now stands under its new name; false when something is there already, or it is gone. */
    private static boolean renamed(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.isDirectory(to) || !Files.exists(from)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes what processes that died have left. */
    private void deleteLeftovers() throws IOException {
        Instant old = clock.instant().minus(CHANGING_LIFE);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(
                            file -> file.getFileName().toString().startsWith(UNFINISHED))
                    .toList()) {
                if (Files.isDirectory(entry)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(old)) {
                    Folders.delete(entry);
                }
            }
        }
    }
}
