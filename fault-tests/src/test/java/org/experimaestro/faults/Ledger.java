package org.experimaestro.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The book outside of the workspace in which jobs count themselves. Each line is one append of a few bytes, so lines of several
 * processes do not mix (write(2), O_APPEND).
 */
record Ledger(Path folder) {
    /** The name of the file with the lines. */
    private static final String LEDGER = "ledger";

    private static final String BEGIN = "begin";
    private static final String END = "end";
    private static final String THROW = "throw";
    private static final String BESIDE = "beside";
    private static final String LEAVE = "leave";
    /** The name of the file with the resources of which too much was used. */
    private static final String OVER = "over";

    /** The name of the file with the length of a job. */
    private static final String MILLIS = "millis";
    /** The name of the file that holds jobs. */
    private static final String HOLD = "hold";

    /** The name of the file that says that jobs hold no tokens of a machine. */
    private static final String ELSEWHERE = "elsewhere";

    private static final long HELD_MILLIS = 20;

    /**
     * A line of the book.
     *
     * @param kind the kind of line
     * @param name the job
     * @param attempt the number of its attempt
     * @param pid the process
     * @param start the start of the process, as in {@link ProcessIdentity}
     * @param host the host of the process that has written the line
     */
    record Line(String kind, String name, int attempt, long pid, long start, String host) {
        private static Line parse(String text) {
            String[] words = text.split(" ");
            return new Line(
                    words[0],
                    words[1],
                    Integer.parseInt(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    words[5]);
        }

        private boolean isAlive() {
            return ProcessIdentity.find(pid)
                    .filter(found -> found.start() == start)
                    .isPresent();
        }

        /** Whether another line says that the task of this one, which has begun, has returned or thrown. */
        private boolean isOverBy(Line other) {
            return (other.isEnd() || other.kind.equals(THROW) || other.kind.equals(LEAVE))
                    && other.name.equals(name) // a worker executes others, too
                    && other.pid == pid
                    && other.start == start;
        }

        boolean isBegin() {
            return kind.equals(BEGIN);
        }

        boolean isEnd() {
            return kind.equals(END);
        }

        /** Whether the process found that another one executes its job, which is that of the line. */
        boolean isBeside() {
            return kind.equals(BESIDE);
        }
    }

    /** For the job: it begins. */
    void begin(String name, int attempt) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        append(BEGIN, name, attempt, self.pid(), self.start());
        List<Line> lines = lines();
        for (Line line : lines) {
            if (line.isBegin()
                    && line.name().equals(name)
                    && line.pid() != self.pid()
                    && lines.stream().noneMatch(line::isOverBy)
                    && line.isAlive()) {
                append(BESIDE, name, line.attempt(), line.pid(), line.start());
            }
        }
        count(name, self.host(), lines);
    }

    /** Writes down of which resource too much is used, and by which processes. */
    private void count(String name, String host, List<Line> lines) throws IOException {
        for (Resource resource : Resource.values()) {
            if (resource.amount(name) == 0 || resource.isOfMachine() && !holdsMachineTokens()) {
                continue;
            }
            List<Line> users = lines.stream()
                    .filter(line -> line.isBegin()
                            && resource.amount(line.name()) > 0
                            && (!resource.isOfMachine() || line.host().equals(host))
                            && lines.stream().noneMatch(line::isOverBy)
                            && line.isAlive())
                    .toList();
            if (users.stream().mapToInt(user -> resource.amount(user.name())).sum() > resource.size()) {
                StringBuilder text = new StringBuilder(resource.name());
                users.forEach(
                        user -> text.append(' ').append(user.name()).append(' ').append(user.pid()));
                write(OVER, text.append('\n').toString());
            }
        }
    }

    /** Returns the resources of which too much was used by processes other than these, each in words. */
    List<String> overused(Set<Long> harmed) throws IOException {
        List<String> found = new ArrayList<>();
        Path file = folder.resolve(OVER);
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] words = text.split(" ");
            Resource resource = Resource.valueOf(words[0]);
            int used = 0;
            for (int i = 1; i < words.length; i += 2) {
                used += harmed.contains(Long.parseLong(words[i + 1])) ? 0 : resource.amount(words[i]);
            }
            if (used > resource.size()) {
                found.add(used + " of " + resource.size() + " used: " + text);
            }
        }
        return found;
    }

    /** For the job: it returns, or throws, and uses nothing any longer. */
    void leave(String name, int attempt) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        append(LEAVE, name, attempt, self.pid(), self.start());
    }

    /** For the job: it has written its result, and is about to return. */
    void end(String name, int attempt) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        append(END, name, attempt, self.pid(), self.start());
    }

    /** For the job: whether it has not thrown before. */
    boolean hasToThrow(String name) throws IOException {
        if (lines().stream()
                .anyMatch(line -> line.kind().equals(THROW) && line.name().equals(name))) {
            return false;
        }
        ProcessIdentity self = ProcessIdentity.current();
        append(THROW, name, 0, self.pid(), self.start());
        return true;
    }

    /** For the job: takes its time, a part of that of a whole job, and waits while all jobs are held. */
    void pause(int part) throws IOException, InterruptedException {
        while (Files.exists(folder.resolve(HOLD))) {
            Thread.sleep(HELD_MILLIS);
        }
        Path file = folder.resolve(MILLIS);
        if (Files.exists(file)) {
            Thread.sleep(Long.parseLong(Files.readString(file)) / part);
        }
    }

    /** Holds all jobs in their middle. */
    void hold() throws IOException {
        Files.writeString(folder.resolve(HOLD), "");
    }

    /** Lets all jobs go on. */
    void release() throws IOException {
        Files.deleteIfExists(folder.resolve(HOLD));
    }

    /** Says that jobs run behind a connector, where they cannot hold tokens of a machine. */
    void elsewhere() throws IOException {
        Files.writeString(folder.resolve(ELSEWHERE), "");
    }

    /** Whether jobs hold tokens of a machine. */
    boolean holdsMachineTokens() {
        return !Files.exists(folder.resolve(ELSEWHERE));
    }

    /** Sets the length of all jobs. */
    void takeMillis(long millis) throws IOException {
        Files.writeString(folder.resolve(MILLIS), Long.toString(millis));
    }

    private void append(String kind, String name, int attempt, long pid, long start) throws IOException {
        String host = ProcessIdentity.current().host();
        write(
                LEDGER,
                String.join(" ", kind, name, Integer.toString(attempt), Long.toString(pid), Long.toString(start), host)
                        + "\n");
    }

    private void write(String file, String line) throws IOException {
        Files.write(
                folder.resolve(file),
                line.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All lines, in the order in which they were written. */
    List<Line> lines() {
        try {
            return Files.readAllLines(file()).stream().map(Line::parse).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The number of executions that have begun. */
    long begins() {
        return lines().stream().filter(Line::isBegin).count();
    }

    private Path file() {
        return folder.resolve(LEDGER);
    }
}
