package org.experimaestro.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.model.identity.Md5;
import org.jspecify.annotations.Nullable;

/**
 * A file of cached digests, a line for each, which several processes append to at once.
 *
 * <p>Each line ends with a digest of itself and of the machine that wrote it. A line is ignored if it is damaged,
 * cut, mixed with another line, or from another machine. Losing a line costs one reading of a file. Confined to the
 * thread that holds the cache's lock.
 */
final class DigestFile {
    private static final String FORMAT = "1";
    private static final int LARGEST_BYTES = 64 << 20;
    private static final int MOST = 200_000;
    private static final int LIFE_DAYS = 60;
    private static final int FIELDS = 5;
    private static final int CHECK_DIGITS = 16;

    private final Path file;
    private final String machine;
    /**
     * The folder of the file. It is checked, because a wrong digest would give a job the identifier of another
     * content.
     */
    private final CheckedFolder folder;

    DigestFile(Path file, String machine) {
        this.file = file;
        Path holder = file.resolveSibling("");
        this.folder = new CheckedFolder(
                holder.resolveSibling(""), holder.getFileName().toString());
        this.machine = machine;
    }

    /**
     * A line with a digest.
     *
     * @param name the file's name in the cache
     * @param stamp the file's stamp when it was read, as text
     * @param digest hexadecimal
     * @param day the day of the last query, in days since 1970
     */
    record Line(String name, String stamp, String digest, long day) {}

    /** Returns all lines, the last line of each name. Rewrites the file if it has many other lines. */
    Map<String, Line> read(long today) throws IOException {
        String text = text();
        Map<String, Line> lines = new HashMap<>();
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                count++;
                Line line = parse(text.substring(start, end));
                if (line != null && Math.abs(today - line.day()) <= LIFE_DAYS) {
                    lines.put(line.name(), line);
                }
            }
            start = end + 1;
        }
        boolean isFull = lines.size() > MOST;
        if (isFull) {
            keepLatest(lines);
        }
        if (isFull || count > 2 * lines.size() + 1_000) {
            write(lines);
        }
        return lines;
    }

    private String text() throws IOException {
        folder.make();
        try {
            if (BoundedFile.requireRegular(file).size() > LARGEST_BYTES) {
                Files.deleteIfExists(file);
                return "";
            }
            return new String(BoundedFile.read(file, LARGEST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    /** Keeps half of the lines, so that this is not repeated for each new line. */
    private static void keepLatest(Map<String, Line> lines) {
        List<Line> latest = new ArrayList<>(lines.values());
        latest.sort((one, other) -> Long.compare(other.day(), one.day()));
        for (Line line : latest.subList(MOST / 2, latest.size())) {
            lines.remove(line.name());
        }
    }

    private void write(Map<String, Line> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Line line : lines.values()) {
            text.append(text(line));
        }
        AtomicFile.write(file, text.toString());
    }

    /** Appends a line, by one call of write(2). */
    void add(Line line) throws IOException {
        folder.make();
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(text(line).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Returns the text of a line. It also begins with a line break, because the previous line may have been cut. */
    private String text(Line line) {
        String text = line.name() + " " + line.stamp() + " " + line.digest() + " " + line.day();
        return "\n" + text + " " + check(text) + "\n";
    }

    private @Nullable Line parse(String text) {
        int last = text.lastIndexOf(' ');
        if (last < 0 || !text.substring(last + 1).equals(check(text.substring(0, last)))) {
            return null;
        }
        String[] fields = text.split(" ", -1);
        return fields.length == FIELDS ? new Line(fields[0], fields[1], fields[2], Long.parseLong(fields[3])) : null;
    }

    private String check(String text) {
        byte[] bytes = (FORMAT + " " + machine + " " + text).getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length).toString().substring(0, CHECK_DIGITS);
    }
}
