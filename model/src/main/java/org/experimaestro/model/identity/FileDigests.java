package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * A source of digests of file contents. Found by {@link ServiceLoader}, so that an implementation can cache digests.
 */
public interface FileDigests {

    /**
     * Returns the digest of a file.
     *
     * @param file a regular file
     * @return the MD5 (RFC 1321) of its bytes
     * @throws IOException if it cannot be read, or changes while it is read
     */
    byte[] md5(Path file) throws IOException;

    /**
     * Returns the source of this process.
     *
     * @return a source with a cache, if experimaestro-core is on the class path
     */
    static FileDigests find() {
        for (FileDigests digests : ServiceLoader.load(FileDigests.class, FileDigests.class.getClassLoader())) {
            return digests;
        }
        return new ReadDigests();
    }
}
