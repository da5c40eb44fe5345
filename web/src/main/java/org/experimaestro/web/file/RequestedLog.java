package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.SideSubject;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LogFile;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;

/**
 * The log that a request is about.
 *
 * @param attempt the number of the attempt, or of the process of an action or a service; 0 for a job without attempts
 * @param stream {@code out} or {@code err}
 * @param file the file, which may be missing
 * @param isGrowing whether its process may add to it
 */
record RequestedLog(int attempt, String stream, Path file, boolean isGrowing) {
    private static final int MOST_ATTEMPTS = 1_000_000;

    /**
     * Finds the log of a job.
     *
     * @param path the segments {@code type} and {@code id}
     * @param query the parameters {@code attempt}, by default the last one, and {@code stream}, by default {@code out}
     * @throws HttpProblem if there is no such job or attempt, or a parameter is wrong
     */
    static RequestedLog find(Monitored monitored, Map<String, String> path, Query query) throws IOException {
        JobView view = RequestedJob.find(monitored, path);
        JobFolder job = view.folder();
        JobStatus status = view.status();
        String stream = query.find("stream").orElse("out");
        if (!stream.equals("out") && !stream.equals("err")) {
            throw HttpProblem.badRequest(
                    "Cannot read the parameter stream: found \"" + stream + "\", expected out or err");
        }
        List<Integer> attempts = job.attemptFiles().toRun();
        int last = attempts.isEmpty() ? status.lastAttempt().orElse(0) : attempts.getLast();
        int attempt = (int) query.number("attempt", last, 1, MOST_ATTEMPTS);
        if (attempt != last && !attempts.contains(attempt)) {
            throw HttpProblem.notFound("The job " + view.name() + " has no attempt " + attempt
                    + (attempts.isEmpty() ? ": it has not begun" : "; its attempts are " + attempts));
        }
        Path file = stream.equals("out") ? job.standardOutput(attempt) : job.standardError(attempt);
        return new RequestedLog(attempt, stream, file, status.isActive() && attempt == last);
    }

    /**
     * Finds the log of a process of an action or a service. Its output and its errors are one.
     *
     * @param path the segments {@code experiment}, {@code run}, {@code name} and {@code number}
     * @param kind the kind
     * @throws HttpProblem if there is no such process
     */
    static RequestedLog find(Monitored monitored, Map<String, String> path, SideKind kind) {
        SideProcess process = SideSubject.process(monitored, path, kind);
        return new RequestedLog(
                process.number(), "out", process.log(), process.status().isActive());
    }

    /**
     * Opens the log.
     *
     * @return a channel, which the caller closes; empty if nothing was printed yet, so that there is no file
     * @throws HttpProblem if something else is in the place of the file, such as a link that leads out of its folder
     */
    Optional<SeekableByteChannel> open() throws IOException {
        if (attempt == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LogFile.open(file));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (FileSystemException refused) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw refused;
            }
            throw new HttpProblem(
                    403,
                    "Cannot open the log " + file.getFileName() + ": " + refused.getReason(),
                    "look at it in a terminal, in " + file.getParent());
        }
    }

    /** Returns the reason why there is nothing to read. */
    String reason() {
        if (attempt == 0) {
            return "It has not begun.";
        }
        return isGrowing ? "It has printed nothing yet." : "It has printed nothing.";
    }
}
