package org.experimaestro.core.serial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.model.identity.IdentityFormat;

/** Tells the parameters of a job that a newer version has written from those that are damaged. */
public final class NewerFormat {
    /** The beginning of each file that this version writes, so that a run reads no more of the jobs that are done. */
    private static final byte[] START = ("{\n  \"" + Format.FORMAT + "\": " + Format.VERSION + ",\n  \""
                    + Format.IDENTIFIER_FORMAT + "\": " + IdentityFormat.FORMAT + ",\n")
            .getBytes(StandardCharsets.UTF_8);

    private NewerFormat() {}

    /**
     * Returns why this version cannot read a file in which nothing is wrong.
     *
     * @param file a job's parameters
     * @return a sentence that names the file and both formats; empty for all other files, also damaged and missing ones
     */
    public static Optional<String> find(Path file) {
        JsonObject top;
        try {
            if (startsAsUsual(file)) {
                return Optional.empty();
            }
            top = JsonFile.read(file, JsonFile.LARGE_BYTES);
        } catch (IOException | JsonException unreadable) {
            return Optional.empty(); // its reader tells why
        }
        if (!isNewer(top, Format.FORMAT, Format.VERSION)
                && !isNewer(top, Format.IDENTIFIER_FORMAT, IdentityFormat.FORMAT)) {
            return Optional.empty();
        }
        try {
            Format.requireKnown(top);
            return Optional.empty();
        } catch (JsonException newer) {
            return Optional.of(String.valueOf(newer.getMessage()));
        }
    }

    private static boolean startsAsUsual(Path file) throws IOException {
        try (InputStream in = BoundedFile.open(file)) {
            return Arrays.equals(in.readNBytes(START.length), START);
        }
    }

    private static boolean isNewer(JsonObject file, String key, int latest) {
        return file.has(key) && file.raw(key) instanceof Number format && format.longValue() > latest;
    }
}
