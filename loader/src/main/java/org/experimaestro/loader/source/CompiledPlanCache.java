package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.base.file.Folders;

/**
 * The cache of compiled plans in {@code <cache>/plans/<key>/}. It is a folder of this user alone, because the plans
 * are executed. An entry appears as a whole, by a rename. If two processes make the same entry, the first wins, and
 * both use it.
 */
final class CompiledPlanCache {
    /** The time after which libraries that may change are resolved again. */
    private static final Duration CHANGING_LIFE = Duration.ofDays(1);

    private static final String UNFINISHED = "new-";

    /** The number of tries. Two processes conflict at most so often; after more, the reason is another one. */
    private static final int ROUNDS = 20;

    private static final String NAME = "plans";

    private final Path folder;
    private final CheckedFolder checked;
    private final InstantSource clock;

    CompiledPlanCache(Path cache, InstantSource clock) {
        Path whole = cache.toAbsolutePath().normalize();
        this.folder = whole.resolve(NAME);
        this.checked = new CheckedFolder(whole, NAME);
        this.clock = clock;
    }

    /** A maker of the content of a new entry, whose own jars are directly in its folder. */
    @FunctionalInterface
    interface ProducerLookup {
        /**
         * Makes the entry's jars.
         *
         * @param entry an empty folder
         * @return the content of the entry
         */
        CachedPlan make(Path entry) throws IOException;
    }

    /**
     * Returns the entry of a key, if it exists, is undamaged and fresh enough, and all its jars exist.
     *
     * @throws IOException if other users may have put it there
     */
    Optional<CachedPlan> find(String key) throws IOException {
        checked.make();
        return CachedPlan.find(folder.resolve(key)).filter(this::isFresh);
    }

    /** Makes the entry of a key, and replaces an unusable one. */
    CachedPlan store(String key, ProducerLookup maker) throws IOException {
        checked.make();
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
        // A time in the future comes from a wrong clock, and would stay fresh until then.
        return resolvedAt == null
                || Duration.between(resolvedAt, clock.instant()).abs().compareTo(CHANGING_LIFE) < 0;
    }

    private void publish(Path made, String key) throws IOException {
        Path entry = folder.resolve(key);
        for (int round = 1; ; round++) {
            try {
                Files.move(made, entry, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (AtomicMoveNotSupportedException impossible) {
                throw impossible;
            } catch (FileSystemException taken) {
                // Another process has made it; or this call, if a network file system lost its reply.
                if (find(key).isPresent()) {
                    return;
                }
                if (round == ROUNDS) {
                    throw taken;
                }
                takeAway(entry, made.resolveSibling(made.getFileName() + "-old"));
            }
        }
    }

    /** Moves an unusable entry aside under a unique name, so that only one of several processes deletes it. */
    private static void takeAway(Path entry, Path aside) throws IOException {
        try {
            Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException another) {
            return; // another process was faster
        }
        Folders.delete(aside);
    }

    /** Deletes the leftovers of crashed processes. */
    private void deleteLeftovers() throws IOException {
        Instant old = clock.instant().minus(CHANGING_LIFE);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(
                            file -> file.getFileName().toString().startsWith(UNFINISHED))
                    .toList()) {
                if (isOlder(entry, old)) {
                    Folders.delete(entry);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean isOlder(Path entry, Instant time) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            return attributes.isDirectory()
                    && attributes.lastModifiedTime().toInstant().isBefore(time);
        } catch (NoSuchFileException renamed) {
            return false; // its process has finished it
        }
    }
}
