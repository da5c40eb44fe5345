package org.experimaestro.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A conversion of files to the present format, each replaced at once. Files of the present format stay as they are.
 * Files that cannot be read stay, too, and are added to the problems. Confined to one thread.
 */
final class Conversion {
    private static final int LONGEST_LINE = 16 << 20;

    private final boolean isDry;
    private final List<String> problems = new ArrayList<>();
    private int files;

    /**
     * Creates a conversion.
     *
     * @param isDry whether nothing is written
     */
    Conversion(boolean isDry) {
        this.isDry = isDry;
    }

    boolean isDry() {
        return isDry;
    }

    int files() {
        return files;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String text) {
        problems.add(text);
    }

    /** A function from the content of an old file to its new content. */
    interface Converter {
        Map<String, @Nullable Object> convert(JsonObject old);
    }

    /** Converts a JSON file; does nothing if it does not exist. */
    void json(Path file, Converter converter) throws IOException {
        String text;
        try {
            JsonObject old = JsonFile.read(file, JsonFile.LARGE_BYTES);
            if (!FormatOne.isOld(old)) {
                return;
            }
            text = Json.write(converter.convert(old));
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException unreadable) {
            problem(Failures.reason(unreadable));
            return;
        } catch (JsonException corrupt) {
            String reason = String.valueOf(corrupt.getMessage());
            problem(reason.startsWith(file.toString()) ? reason : file + ": " + reason);
            return;
        }
        replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Converts a file of JSON lines, which may be larger than memory; does nothing if it does not exist. A line that
     * cannot be read stays as it is.
     *
     * @param file the file
     * @param time the time of lines that have none; {@code null} if each line has a time, as a number
     */
    void lines(Path file, @Nullable String time) throws IOException {
        try {
            if (!hasOldLine(file, time)) {
                return;
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException unreadable) {
            problem(Failures.reason(unreadable));
            return;
        }
        replace(file, out -> copy(file, time, out));
    }

    private static boolean hasOldLine(Path file, @Nullable String time) throws IOException {
        try (BoundedLines lines = BoundedLines.open(file, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null && lines.hasEnded(); line = lines.next()) {
                if (convert(line, time) != null) {
                    return true; // the other lines have the same writer, and so the same format
                }
            }
            return false;
        }
    }

    private static void copy(Path file, @Nullable String time, OutputStream out) throws IOException {
        try (BoundedLines lines = BoundedLines.open(file, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                byte[] converted = lines.hasEnded() ? convert(line, time) : null;
                out.write(converted == null ? line : converted);
                if (lines.hasEnded()) {
                    out.write('\n');
                }
            }
        }
    }

    /** Returns the line in its new form; {@code null} if it stays as it is. */
    private static byte @Nullable [] convert(byte[] line, @Nullable String time) {
        try {
            JsonObject json = JsonFile.parse(line, "a line");
            boolean isOld = json.has(RunFolder.TIME) ? json.raw(RunFolder.TIME) instanceof Long : time != null;
            return isOld ? Json.writeLine(FormatOne.ofLine(json, time)).getBytes(StandardCharsets.UTF_8) : null;
        } catch (JsonException corrupt) {
            return null;
        }
    }

    private void replace(Path file, FileRewrite.Content content) throws IOException {
        files++;
        if (!isDry) {
            FileRewrite.replace(file, content);
        }
    }
}
