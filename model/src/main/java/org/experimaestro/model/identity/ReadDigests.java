package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.base.file.Digests;

/** A source of digests without a cache: each file is read anew. */
public final class ReadDigests implements FileDigests {
    /** Creates a source. */
    public ReadDigests() {}

    @Override
    public byte[] md5(Path file) throws IOException {
        return Digests.read(file, Digests.newMd5());
    }
}
