package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The lock of a folder whose files several processes of a user change. The system releases it when a process dies. */
final class FolderLock {
    private static final String NAME = ".lock";

    /** The locks between the threads of this process by folder, because a file lock is held by the whole process. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private FolderLock() {}

    /** A change of files. */
    interface Change<T> {
        T make() throws IOException;
    }

    /**
     * Makes a change while no other process or thread makes one.
     *
     * @param folder the folder, which exists
     * @param change the change
     * @return the result of the change
     * @throws IOException if the folder cannot be locked, or the change fails
     */
    static <T> T under(Path folder, Change<T> change) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(folder.toRealPath(), real -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException(folder + ": the file system does not lock files");
            }
            return change.make();
        } finally {
            threads.unlock();
        }
    }
}
