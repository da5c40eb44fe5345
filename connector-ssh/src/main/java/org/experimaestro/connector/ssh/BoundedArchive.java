package org.experimaestro.connector.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/**
 * A limited stream of an archive that a host sends. It reads no more bytes than belong to the listed files. Between
 * two files, it reads no more header than a name can need, because the reader of the archive holds headers in memory.
 */
final class BoundedArchive extends FilterInputStream {
    private static final long LARGEST_HEADER = 1 << 20;

    /** The bytes by which logs may have grown since they were listed. */
    private static final long GROWTH = 1L << 30;

    /** The size of a header, the longest name that Linux has, and the padding of their blocks (tar(5)). */
    private static final long LARGEST_USUAL_HEADER = 16 << 10;

    private long left = GROWTH;
    private long leftOfHeader = LARGEST_HEADER;

    BoundedArchive(InputStream stream, Collection<HostFiles.Found> listed) {
        super(stream);
        for (HostFiles.Found file : listed) {
            // Sizes are numbers of 18 digits, so a sum that is too large for a long is no limit.
            left = left + file.size() + LARGEST_USUAL_HEADER < left
                    ? Long.MAX_VALUE
                    : left + file.size() + LARGEST_USUAL_HEADER;
        }
    }

    /** Begins a header: the next bytes belong to it. */
    void beginHeader() {
        leftOfHeader = LARGEST_HEADER;
    }

    /** Begins the content of a file: the next bytes belong to it. */
    void beginContent() {
        leftOfHeader = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return (int) count(super.read(bytes, offset, length));
    }

    @Override
    public long skip(long count) throws IOException {
        return count(super.skip(count));
    }

    private long count(long read) throws StorageException {
        left -= Math.max(read, 0);
        leftOfHeader -= Math.max(read, 0);
        if (left < 0) {
            throw new StorageException("the host sends more than the files that it has listed");
        }
        if (leftOfHeader < 0) {
            throw new StorageException("the host sends a name or a header of over 1 MiB");
        }
        return read;
    }
}
