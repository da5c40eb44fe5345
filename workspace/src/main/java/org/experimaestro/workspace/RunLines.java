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

/** Reads the lines that a run appends to a file, also while it does. A last line that is not complete is left out. */
final class RunLines {
    /** The most bytes of a line: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private RunLines() {}

    /**
     * Reads the lines after an offset.
     *
     * @param file the file, which need not exist
     * @param offset a number of bytes: 0, or where an earlier call ended
     * @param most how many lines are read at most
     * @param of what the lines are, for errors: {@code jobs}, and of which run
     * @param reader is given each, with the offset after it
     * @return the offset after the last line that was read
     * @throws WorkspaceException if the file cannot be read, or has more lines: after those before the fault
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
            // Nothing yet.
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
