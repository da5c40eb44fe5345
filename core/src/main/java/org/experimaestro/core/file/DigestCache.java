package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.experimaestro.model.identity.FileDigests;
import org.experimaestro.model.identity.ReadDigests;
import org.jspecify.annotations.Nullable;

/** The content cache: {@link RememberedDigests} of the files that identify configurations. Thread-safe. */
public final class DigestCache implements FileDigests {
    private final RememberedDigests remembered;

    /** Creates the cache of this user on this machine. {@link java.util.ServiceLoader} calls it. */
    public DigestCache() {
        this.remembered = RememberedDigests.inCache("digests", new ReadDigests()::md5);
    }

    /**
     * Creates a cache.
     *
     * @param file the file of the cache; {@code null} for a cache in this process only
     * @param read reads files
     * @param stamps returns the stamps of files
     * @param clock the time
     */
    DigestCache(@Nullable DigestFile file, FileDigests read, RememberedDigests.Stamps stamps, Clock clock) {
        this.remembered = new RememberedDigests(file, read::md5, stamps, clock);
    }

    @Override
    public byte[] md5(Path path) throws IOException {
        return remembered.of(path);
    }
}
