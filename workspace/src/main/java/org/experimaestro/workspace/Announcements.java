package org.experimaestro.workspace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;

/**
 * The announcements of a job: a file with one line each, to which the job's process appends, and which others read
 * meanwhile. A line counts when its line feed is there. Immutable; one process writes at a time.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class Announcements {
    /** The most bytes of a line: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private final JobFolder job;

    Announcements(JobFolder job) {
        this.job = job;
    }

    /**
     * Returns the file.
     *
     * @return a file of JSON lines, in the folder of our files
     */
    public Path file() {
        return job.internalFolder().resolve(JobLayout.ANNOUNCED);
    }

    /**
     * Returns a text that changes with the file, so that it is read only then.
     *
     * @return an empty text if there is no file
     */
    public String version() {
        try {
            return FileStamp.look(file(), LinkOption.NOFOLLOW_LINKS).toString();
        } catch (IOException none) {
            return "";
        }
    }

    /**
     * Reads the announcements.
     *
     * @return in the order in which they were made; empty if there is no file. A last line that is still being written, or
     *     was cut, is left out
     * @throws WorkspaceException if the file cannot be read, or somebody has changed it
     */
    public List<Announcement> read() {
        List<WorkspaceException> problems = new ArrayList<>();
        List<Announcement> found = read(problems);
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return found;
    }

    /**
     * Reads the announcements that can be read.
     *
     * @param problems receives a problem for each line that somebody has changed, and one if the file cannot be read, or
     *     not to its end
     * @return as for {@link #read()}
     */
    public List<Announcement> read(List<? super WorkspaceException> problems) {
        List<Announcement> found = new ArrayList<>();
        try (BoundedLines lines = BoundedLines.open(file(), LONGEST_LINE)) {
            int number = 0;
            for (byte[] line = lines.next(); line != null && lines.hasEnded(); line = lines.next()) {
                number++;
                try {
                    found.add(Announcement.of(JsonFile.parse(line, "a line")));
                } catch (JsonException | IllegalArgumentException corrupt) {
                    problems.add(unreadable("line " + number + ": " + corrupt.getMessage(), corrupt));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException failed) {
            problems.add(unreadable(Failures.reason(failed), failed));
        }
        return found;
    }

    private WorkspaceException unreadable(String reason, Exception cause) {
        return WorkspaceException.of("Cannot read what the job has announced: " + reason)
                .at(file().toString())
                .cause(cause)
                .build();
    }

    /**
     * Appends an announcement, with one write. A line that an earlier process has not completed is removed before.
     *
     * @param announcement the announcement, of the attempt that this process runs
     * @throws IOException if it is too long to be read again or cannot be written, or the job has a later attempt
     */
    public void append(Announcement announcement) throws IOException {
        if (job.attempt(announcement.attempt()).isSuperseded()) {
            throw new IOException("the job is done or was started again");
        }
        byte[] line = (Json.writeLine(announcement.toJson()) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > LONGEST_LINE) {
            throw new IOException("it has " + line.length + " bytes as JSON, of " + LONGEST_LINE
                    + " at most; put large data into a file, and announce its path");
        }
        if (!Files.exists(file(), LinkOption.NOFOLLOW_LINKS)) {
            NewFile.open(file()).close();
        }
        BoundedFile.requireRegular(file());
        // Not a channel: an interrupted thread that writes to a channel closes it, and the task may go on to its end.
        try (RandomAccessFile out = new RandomAccessFile(file().toFile(), "rw")) {
            long end = endOfLines(out);
            out.setLength(end);
            out.seek(end);
            out.write(line);
        }
    }

    /** Returns the position after the last line feed. */
    private static long endOfLines(RandomAccessFile file) throws IOException {
        long end = file.length();
        while (end > 0) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }
}
