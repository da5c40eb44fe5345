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
 * The attributes of a file that change with its content, or of a folder that change with the names in it.
 *
 * <p>A file system without the attributes of Unix, such as one in an archive, has no time of the last change of anything
 * and no device. The inode is then a hash of the file's key, or 0 if files have no key. Two files may share it.
 *
 * @param size bytes
 * @param modified the time of the last change of content, nanoseconds since 1970; programs can set it back
 * @param changed the time of the last change of anything, which no program can set (st_ctim of stat(2)); 0 if there
 *     is none
 * @param device the number of the file system; 0 if there is none
 * @param inode the number of the file in its file system, or a hash
 */
public record FileStamp(long size, long modified, long changed, long device, long inode) {
    /**
     * The age of an old stamp. Hosts' clocks should agree within a minute, and the coarsest file systems count in
     * steps of two seconds.
     */
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(62);

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Returns the stamp of a regular file. Opens the file, because NFS queries its server for changes only then. */
    static FileStamp of(Path file) throws IOException {
        Files.newInputStream(file).close();
        return look(file);
    }

    /**
     * Returns the stamp of a file or folder without opening it. A network file system may answer from its cache.
     *
     * @param path the file or folder
     * @param options whether a link is followed
     * @return its stamp now
     * @throws IOException if it cannot be looked at
     */
    public static FileStamp look(Path path, LinkOption... options) throws IOException {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,dev,ino", options);
            return new FileStamp(
                    (Long) Objects.requireNonNull(attributes.get("size")),
                    nanos(attributes.get("lastModifiedTime")),
                    nanos(attributes.get("ctime")),
                    (Long) Objects.requireNonNull(attributes.get("dev")),
                    (Long) Objects.requireNonNull(attributes.get("ino")));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileStamp(
                    attributes.size(),
                    nanos(attributes.lastModifiedTime()),
                    0,
                    0,
                    Objects.hashCode(attributes.fileKey()));
        }
    }

    private static long nanos(@Nullable Object time) {
        return ((FileTime) Objects.requireNonNull(time)).to(TimeUnit.NANOSECONDS);
    }

    /**
     * Returns what tells the file from all others that exist at the same time.
     *
     * @return a text with the device and the inode
     */
    public String key() {
        return "(dev=" + Long.toHexString(device) + ",ino=" + inode + ")";
    }

    private long last() {
        return changed == 0 ? modified : changed;
    }

    /**
     * Returns whether every change after a time must give the file another stamp, even if the file system's clock is
     * coarse.
     *
     * @param nowNanos the time, nanoseconds since 1970
     * @return false if the last change is too near to that time, or after it
     */
    public boolean isOld(long nowNanos) {
        return nowNanos - last() > OLD_NANOS;
    }

    /**
     * Returns whether the file system's clock has steps shorter than a millisecond. Then each step is a step of the
     * kernel's clock, at most 10 ms.
     *
     * @return false if that is not known
     */
    public boolean isFine() {
        return changed != 0 && changed % MILLI != 0;
    }

    @Override
    public String toString() {
        return size + ":" + modified + ":" + changed + ":" + key();
    }
}
