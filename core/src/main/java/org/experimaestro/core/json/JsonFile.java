package org.experimaestro.core.json;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.base.file.BoundedFile;

/**
 * Reads our JSON files, which somebody else may have put there: only regular files, never through a link, and only up to a
 * size; and makes texts for them that will be read. Thread-safe.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class JsonFile {
    /** The most bytes of a file that says something of one job, type or run: 4 MiB. */
    public static final int SMALL_BYTES = 4 << 20;

    /** The most bytes of a file that holds parameters or metrics: 64 MiB. */
    public static final int LARGE_BYTES = 64 << 20;

    private JsonFile() {}

    /**
     * Reads an object.
     *
     * @param file the file
     * @param mostBytes how large it may be: {@link #SMALL_BYTES} or {@link #LARGE_BYTES}
     * @return the object, whose errors name the file
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it is a link, a folder, a pipe or a device, is larger, or cannot be read
     * @throws JsonException if it does not hold one JSON object; the message begins with the file
     */
    public static JsonObject read(Path file, int mostBytes) throws IOException {
        return parse(BoundedFile.read(file, mostBytes), file.toString());
    }

    /**
     * The text of a file that can be read again.
     *
     * @param value as for {@link Json#write}
     * @param mostBytes how large the file may be when it is read: {@link #SMALL_BYTES} or {@link #LARGE_BYTES}
     * @return the text, as {@link Json#write} writes it
     * @throws IllegalArgumentException as for {@link Json#write}, and if the text is larger; the message names the place
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
     * @param source where the bytes come from, such as a file
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
