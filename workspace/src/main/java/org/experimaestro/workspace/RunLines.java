package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.ObjLongConsumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/**
 * A reader of the lines that a run appends to a file, also while the run goes on. An incomplete last line is left out.
 */
final class RunLines {
    /** The most bytes of a line: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private RunLines() {}

    /**
     * Reads the lines after an offset.
     *
     * @param file the file, which need not exist
     * @param offset the offset in bytes: 0, or the result of an earlier call
     * @param most the largest number of lines to be read
     * @param of the name of the lines in errors, such as {@code jobs of run 20260131-120000 of spam}
     * @param reader receives each line, with the offset after it
     * @return the offset after the last line that was read
     * @throws WorkspaceException if the file cannot be read, or has more lines; the reader has received those before
     *     the fault
     */
    static long read(Path file, long offset, int most, String of, ObjLongConsumer<JsonObject> reader) {
        long next = offset;
        int line = 0;
        try (BoundedLines lines = BoundedLines.open(file, LONGEST_LINE, offset)) {
            for (byte[] text = lines.next(); text != null && lines.hasEnded(); text = lines.next()) {
                line++;
                if (line > most) {
                    throw new IllegalArgumentException("it has more than " + most + " lines: the others are left out");
                }
                long end = next + text.length + 1;
                reader.accept(JsonFile.parse(text, "the line"), end);
                next = end;
            }
        } catch (NoSuchFileException none) {
            // The run has not written a line yet.
        } catch (IOException unreadable) {
            throw problem(of, file.toString(), Failures.reason(unreadable), unreadable);
        } catch (JsonException | IllegalArgumentException corrupt) {
            String place = offset == 0 ? file + ":" + line : file + ", at byte " + next;
            throw problem(of, place, String.valueOf(corrupt.getMessage()), corrupt);
        }
        return next;
    }

    private static WorkspaceException problem(String of, String place, String reason, Exception cause) {
        return WorkspaceException.of("Cannot read the " + of + ": " + reason)
                .at(place)
                .cause(cause)
                .build();
    }
}
