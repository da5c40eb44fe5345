package org.experimaestro.core.json;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.base.file.BoundedFile;

/**
 * A reader of Experimaestro's JSON files, which another person may have put in their place. It reads only regular
 * files, never through a link, and only up to a size. It also makes texts for files that can be read again.
 * Thread-safe.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class JsonFile {
    /** The largest size of a file about one job, type or run: 4 MiB. */
    public static final int SMALL_BYTES = 4 << 20;

    /** The largest size of a file that holds parameters or metrics: 64 MiB. */
    public static final int LARGE_BYTES = 64 << 20;

    private JsonFile() {}

    /**
     * Reads an object.
     *
     * @param file the file
     * @param mostBytes the largest size: {@link #SMALL_BYTES} or {@link #LARGE_BYTES}
     * @return the object, whose errors name the file
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it is a link, a folder, a pipe or a device, is larger, or cannot be read
     * @throws JsonException if it does not hold one JSON object; the message begins with the file
     */
    public static JsonObject read(Path file, int mostBytes) throws IOException {
        return parse(BoundedFile.read(file, mostBytes), file.toString());
    }

    /**
     * Returns the text of a file, after a check that it can be read again.
     *
     * @param value as for {@link Json#write}
     * @param mostBytes the largest size that its reader accepts: {@link #SMALL_BYTES} or {@link #LARGE_BYTES}
     * @return the text, as {@link Json#write} writes it
     * @throws IllegalArgumentException as for {@link Json#write}, and if the text is larger; the message names the
     *     place
     */
    public static String text(Object value, int mostBytes) {
        String end = "\n";
        return new JsonWriter(true, mostBytes - end.length())
                .document(value)
                .append(end)
                .toString();
    }

    /**
     * Reads an object from its bytes.
     *
     * @param utf8 JSON
     * @param source the source of the bytes, such as a file
     * @return the object, whose errors name the source
     * @throws JsonException if it is not one JSON object; the message begins with the source
     */
    public static JsonObject parse(byte[] utf8, String source) {
        Object parsed;
        try {
            parsed = Json.parse(utf8);
        } catch (JsonException notJson) {
            throw new JsonException(source + ": " + notJson.getMessage());
        }
        return JsonObject.of(parsed, source);
    }
}
