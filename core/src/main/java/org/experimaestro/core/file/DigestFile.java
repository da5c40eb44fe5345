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
 * A file of remembered digests, a line each, which several processes add to at once.
 *
 * <p>Each line ends with a digest of itself and of the machine that wrote it. A line that is damaged, cut, mixed with
 * another one, or of another machine is not there. A lost line costs the reading of a file. Confined to the holder of its
 * cache's lock.
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
    /** A digest is believed, so that another one would give a job the identifier of another content. */
    private final CheckedFolder folder;

    DigestFile(Path file, String machine) {
        this.file = file;
        Path holder = file.resolveSibling("");
        this.folder = new CheckedFolder(
                holder.resolveSibling(""), holder.getFileName().toString());
        this.machine = machine;
    }

    /**
     * A digest.
     *
     * @param name what the file is called here
     * @param stamp what it was when it was read, as text
     * @param digest hexadecimal
     * @param day when it was last asked for, in days since 1970
     */
    record Line(String name, String stamp, String digest, long day) {}

    /** All lines, the last one of each name. A file with many others is written anew. */
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

    /** Half of them, so that this is not done with every one that is added. */
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

    /** Adds a line, by one call of write(2). */
    void add(Line line) throws IOException {
        folder.make();
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(text(line).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** It begins with a line break, too: the line before may have been cut. */
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
