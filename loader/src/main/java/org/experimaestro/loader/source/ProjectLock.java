package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that gives a folder to one run at a time: among processes by a lock file, among this process's threads by a
 * Java lock.
 */
final class ProjectLock implements AutoCloseable {
    /** The locks of threads, because a file's lock belongs to the whole process; hence static. */
    private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel channel;

    private ProjectLock(ReentrantLock thread, FileChannel channel) {
        this.thread = thread;
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder. Blocks until it is free.
     *
     * @param folder is made if missing
     * @param waiting is called once if another run has the lock
     */
    static ProjectLock acquire(Path folder, Runnable waiting) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("lock");
        ReentrantLock thread = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        boolean told = !thread.tryLock();
        if (told) {
            waiting.run();
            thread.lock();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                if (!told) {
                    waiting.run();
                }
                lock = channel.lock();
            }
            return new ProjectLock(thread, channel);
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Releases the lock. Closing the channel releases the file's lock. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.unlock();
        }
    }
}
