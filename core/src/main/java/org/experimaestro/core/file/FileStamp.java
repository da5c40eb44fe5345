package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What changes with a file's content, and with the names in a folder.
 *
 * @param size bytes
 * @param modified when the content was changed, nanoseconds since 1970; programs can set it back
 * @param changed when anything of the file was changed, which no program can set (st_ctim of stat(2)); 0 where there is none
 * @param key the file in its file system: device and inode
 */
public record FileStamp(long size, long modified, long changed, String key) {
    /** Hosts' clocks are supposed to agree within a minute, and the coarsest file systems count in steps of two seconds. */
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(62);

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** The stamp of a regular file. It is opened, since NFS asks its server only then whether the file was changed. */
    static FileStamp of(Path file) throws IOException {
        Files.newInputStream(file).close();
        return look(file);
    }

    /**
     * The stamp of a file or folder that is not opened: by one look, which a network file system may answer from what it
     * remembers.
     *
     * @param path the file or folder
     * @param options whether a link is followed
     * @return its stamp now
     * @throws IOException if it cannot be looked at
     */
    public static FileStamp look(Path path, LinkOption... options) throws IOException {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,fileKey", options);
            return new FileStamp(
                    (Long) Objects.requireNonNull(attributes.get("size")),
                    nanos(attributes.get("lastModifiedTime")),
                    nanos(attributes.get("ctime")),
                    String.valueOf(attributes.get("fileKey")));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileStamp(
                    attributes.size(), nanos(attributes.lastModifiedTime()), 0, String.valueOf(attributes.fileKey()));
        }
    }

    private static long nanos(@Nullable Object time) {
        return ((FileTime) Objects.requireNonNull(time)).to(TimeUnit.NANOSECONDS);
    }

    private long last() {
        return changed == 0 ? modified : changed;
    }

    /**
     * Whether every change after a time must give the file another stamp, however coarse the file system's clock is.
     *
     * @param nowNanos the time, nanoseconds since 1970
     * @return false if the last change is too near to that time, or after it
     */
    public boolean isOld(long nowNanos) {
        return nowNanos - last() > OLD_NANOS;
    }

    /**
     * Whether the file system's clock counts in less than milliseconds; then each step is one of the kernel's, at most 10 ms.
     *
     * @return false if that is not known
     */
    public boolean isFine() {
        return changed != 0 && changed % MILLI != 0;
    }

    @Override
    public String toString() {
        return size + ":" + modified + ":" + changed + ":" + key.replace(' ', '_');
    }
}
