package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An archive in the tar format that a host makes of files that it has listed; other entries are ignored. */
final class HostArchive {
    private final Map<String, HostFiles.Found> listed;
    private final BoundedArchive bytes;
    private final TarArchiveInputStream tar;

    HostArchive(InputStream stream, Map<String, HostFiles.Found> listed) {
        this.listed = listed;
        this.bytes = new BoundedArchive(stream, listed.values());
        this.tar = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name());
    }

    /** A receiver of the entries. */
    @FunctionalInterface
    interface Reader {

        /**
         * Receives an entry.
         *
         * @param found the listed file of its name; it is of the same kind, or the entry is a hard link
         * @param entry the entry
         * @param content its content, which may be longer or shorter than listed
         */
        void read(HostFiles.Found found, TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /**
     * Reads the archive to its end.
     *
     * @param reader receives the entries
     * @throws StorageException if the host sends far more than it has listed, or data that is not an archive
     * @throws IOException if it cannot be read, or the reader throws it
     */
    void read(Reader reader) throws IOException {
        for (TarArchiveEntry entry = next(); entry != null; entry = next()) {
            bytes.beginContent();
            HostFiles.Found found = listed.get(plain(entry.getName()));
            if (entry.isSparse() && (found == null || entry.getRealSize() > found.size())) {
                // Its holes are not in the archive, so no other limit would end it.
                throw new StorageException(
                        "the host sends a sparse file that is larger than it has listed: " + entry.getName());
            }
            if (found != null && isAsListed(entry, found)) {
                reader.read(found, entry, tar);
            }
            tar.transferTo(OutputStream.nullOutputStream());
            bytes.beginHeader();
        }
    }

    private TarArchiveEntry next() throws IOException {
        try {
            return tar.getNextEntry();
        } catch (RuntimeException absurd) {
            // A header may have any numbers.
            throw new StorageException("the host sends data that is not an archive: " + absurd);
        }
    }

    /** Returns whether an entry is as listed. A file that has changed its kind since is listed again next time. */
    private static boolean isAsListed(TarArchiveEntry entry, HostFiles.Found found) {
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL,
                    TarConstants.LF_OLDNORM,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_GNUTYPE_SPARSE -> found.isFile();
            case TarConstants.LF_SYMLINK -> found.isLink();
            case TarConstants.LF_LINK -> true;
            default -> false;
        };
    }

    /** Returns the path of a name: files are requested with {@code ./} in front. */
    static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }
}
