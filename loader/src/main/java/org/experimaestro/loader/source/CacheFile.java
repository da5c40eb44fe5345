package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.base.file.BoundedFile;

/** A reader of Experimaestro's files in the cache, whose content can be made again. */
final class CacheFile {
    /** The largest size, 64 MiB: the lines of half a million files of a project. */
    private static final int MOST_BYTES = 64 << 20;

    private CacheFile() {}

    /**
     * Returns the text of a file.
     *
     * @return empty if it does not exist, or is not as it was written: not a regular file, too large, or not UTF-8
     * @throws IOException if it cannot be read
     */
    static Optional<String> find(Path file) throws IOException {
        try {
            byte[] utf8 = BoundedFile.read(file, MOST_BYTES);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (AccessDeniedException keptOut) {
            throw keptOut;
        } catch (FileSystemException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }
}
