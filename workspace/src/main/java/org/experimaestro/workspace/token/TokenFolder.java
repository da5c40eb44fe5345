package org.experimaestro.workspace.token;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The folder of tokens that several runs share. Thread-safe, also between processes and hosts.
 *
 * <p>As for the attempts at a job, there is no lock. Each state is a file with a number, which a process creates
 * exclusively after it has read the state before. So a change applies to the state that it was made for, or its process
 * makes it again. A process that is killed has made its change, or has not.
 */
public final class TokenFolder {
    /**
     * The number of states that are kept. A process that was stopped for longer than so many changes might create the
     * file of a state that was deleted, which counts nothing, since the largest number is the present state.
     */
    static final int KEPT = 32;

    /** The folder of a user's state that has a folder for each machine. */
    private static final String MACHINES = "tokens";

    private static final String STATE = "state-";
    private static final String JSON = ".json";
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;
    /** The age from which a temporary file was left by a process that was killed. */
    private static final long LEFT_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Path folder;
    private final Maker maker;

    /** A maker of the folder. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes the folder, unless it exists.
         *
         * @throws IOException if it cannot be made, or others could change what only this user may
         */
        void make() throws IOException;
    }

    /** A change of the state. */
    @FunctionalInterface
    interface Change {
        /** Returns the state after the change; an equal one if there is nothing to change. May be called several times. */
        TokenState of(TokenState before) throws IOException;
    }

    /**
     * Creates an object for a folder, which need not exist.
     *
     * @param folder the folder
     * @param maker makes it before the first change
     */
    public TokenFolder(Path folder, Maker maker) {
        this.folder = folder;
        this.maker = maker;
    }

    /**
     * Returns the tokens of a workspace, to look at them or to give them back.
     *
     * @param workspace the root of the workspace
     * @return the folder, which need not exist
     */
    public static TokenFolder of(Path workspace) {
        return new TokenFolder(WorkspaceLayout.tokens(workspace), () -> {});
    }

    /**
     * Returns the tokens of this machine, which all jobs of a user share.
     *
     * @param state the folder of the user's state
     * @return the folder, which need not exist; only this user may open it
     */
    public static TokenFolder ofMachine(Path state) {
        String host = HostIdentity.current().name();
        CheckedFolder own = new CheckedFolder(state, MACHINES, host);
        return new TokenFolder(state.resolve(MACHINES).resolve(host), own::make);
    }

    /**
     * Returns the folder's path.
     *
     * @return a path, which need not exist
     */
    public Path path() {
        return folder;
    }

    void make() throws IOException {
        maker.make();
    }

    /**
     * Reads the present state.
     *
     * @return the state; {@link TokenState#EMPTY} if there are no tokens
     * @throws IOException if the folder cannot be read
     * @throws WorkspaceException if the file of the state is damaged
     */
    public TokenState read() throws IOException {
        while (true) {
            long number = last();
            if (number == 0) {
                return TokenState.EMPTY;
            }
            Path file = file(number);
            try {
                return TokenState.fromJson(number, JsonFile.read(file, JsonFile.LARGE_BYTES));
            } catch (NoSuchFileException old) {
                // Others have changed the state so often meanwhile that this one was deleted, or the list is old.
                LockSupport.parkNanos(FIRST_PAUSE_NANOS);
            } catch (JsonException | IllegalArgumentException damaged) {
                throw WorkspaceException.of("Cannot read who holds tokens: " + damaged.getMessage())
                        .at(file.toString())
                        .advice("delete the folder " + folder + " if no job that holds tokens runs")
                        .cause(damaged)
                        .build();
            }
        }
    }

    /** Changes the state. An interruption does not end the call; the thread stays interrupted. */
    synchronized TokenState change(Change change) throws IOException {
        boolean interrupted = Thread.interrupted(); // an interrupted thread could not write
        try {
            for (int tries = 0; ; tries++) {
                TokenState before = read();
                TokenState after = change.of(before);
                if (after.equals(before)) {
                    return before;
                }
                TokenState next = after.numbered(before.number() + 1);
                if (AtomicFile.create(file(next.number()), next.toJson()) && last() - next.number() < KEPT) {
                    tidy(next.number());
                    return next;
                }
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << Math.min(tries, MOST_DOUBLINGS)));
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path file(long number) {
        return folder.resolve(STATE + number + JSON);
    }

    /** Returns the number of the present state; 0 if there is none. The list also updates a network file system's cache. */
    private long last() throws IOException {
        long last = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                last = Math.max(last, number(file));
            }
            return last;
        } catch (NoSuchFileException none) {
            return 0;
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Returns the number of the state in a file; 0 if it has none. */
    private static long number(Path file) {
        String name = file.getFileName().toString();
        if (!name.startsWith(STATE) || !name.endsWith(JSON)) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(name, STATE.length(), name.length() - JSON.length(), 10));
        } catch (NumberFormatException strange) {
            return 0;
        }
    }

    /** Deletes what is not kept any longer. A file that cannot be deleted stays, because the state has changed already. */
    private void tidy(long present) {
        try {
            Files.deleteIfExists(file(Math.max(0, present - KEPT)));
            if (present % KEPT == 0) {
                deleteLeft(present);
            }
        } catch (IOException kept) {
            // Another process deletes it, or the file of another user stays: it counts nothing.
        }
    }

    /** Deletes old states, and the temporary files that killed processes have left. */
    private void deleteLeft(long present) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                long number = number(file);
                if (number > 0 && number <= present - KEPT || isLeft(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean isLeft(Path file) throws IOException {
        if (!AtomicFile.isTemporary(file.getFileName().toString())) {
            return false;
        }
        try {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
            return age > LEFT_MILLIS;
        } catch (NoSuchFileException justNamed) {
            return false;
        }
    }
}
