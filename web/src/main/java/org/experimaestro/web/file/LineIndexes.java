package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.workspace.LogFile;

/** The indexes of the logs that were looked at last. Long logs are counted in the background. Thread-safe. */
final class LineIndexes {
    /** The most logs whose indexes are kept. */
    private static final int MOST = 16;

    /** So many bytes are counted while the client waits: some milliseconds. */
    private static final long AT_ONCE = 4 * 1024 * 1024;

    private static final System.Logger LOGGER = System.getLogger(LineIndexes.class.getName());

    private final Map<Path, LineIndex> indexes = new LinkedHashMap<>(MOST, 0.75f, true);

    /**
     * Returns the index of a log, counted to its end if that is near.
     *
     * @param file the file of the log
     * @param log the open log
     * @param size the size of the log that counts
     */
    LineIndex of(Path file, SeekableByteChannel log, long size) throws IOException {
        LineIndex index = find(file, size);
        if (index.beginCounting(size)) {
            if (size <= AT_ONCE) {
                index.count(log, size);
            } else {
                Thread.ofVirtual().name("log-lines").start(() -> count(index, file, size));
            }
        }
        return index;
    }

    private LineIndex find(Path file, long size) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object key = Objects.requireNonNullElse(found.fileKey(), found.creationTime());
        synchronized (indexes) {
            LineIndex known = indexes.get(file);
            if (known == null || !known.isOf(key, size)) {
                known = new LineIndex(key);
                indexes.put(file, known);
                if (indexes.size() > MOST) {
                    indexes.remove(indexes.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    private static void count(LineIndex index, Path file, long size) {
        try (SeekableByteChannel log = LogFile.open(file)) {
            index.count(log, size);
        } catch (IOException unreadable) {
            LOGGER.log(System.Logger.Level.DEBUG, "The lines of a log are not counted", unreadable);
        }
    }
}
