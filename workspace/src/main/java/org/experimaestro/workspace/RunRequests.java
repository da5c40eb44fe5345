package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * The requests to one run. A request is a file {@code NAME.json} in the run's folder {@code requests}, and the run
 * answers in {@code NAME.answer.json}. All users that may write in the workspace can make one; the run decides by the
 * owner of the file whether it counts. Thread-safe.
 *
 * <p>A request has the name of its run and its own name, so that a file that was moved is refused.
 */
public final class RunRequests {
    private static final String RUN = "run";
    private static final String NAME = "name";
    /** The size of the largest file that is read: 64 KiB. */
    private static final int MOST_BYTES = 64 << 10;
    /** The largest number of files of the folder that are checked. */
    private static final int MOST_FILES = 10_000;

    private static final String REQUEST = ".json";
    private static final String ANSWER = ".answer.json";
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9-]{1,100})\\.json");

    private final RunFolder run;
    private final String runName;
    private final Path folder;

    /**
     * Creates the access to a run's requests.
     *
     * @param run the run's folder
     */
    public RunRequests(RunFolder run) {
        this.run = run;
        this.runName = run.qualifiedName();
        this.folder = run.path().resolve(WorkspaceLayout.REQUESTS);
    }

    /**
     * A request that was read.
     *
     * @param request the request
     * @param time the time at which it was made, by the clock of the sender's host
     * @param user the name of the sender, as claimed in the file; {@link #owner} is reliable
     */
    public record Received(RunRequest request, Instant time, String user) {}

    /**
     * A run's answer to a request.
     *
     * @param isAccepted whether the run follows the request
     * @param message the action of the run, or the reason of the refusal
     */
    public record Answer(boolean isAccepted, String message) {}

    // ---- for the sender of a request ----

    /**
     * Makes a request.
     *
     * @param request the request
     * @return its name
     * @throws NoSuchFileException if the run takes no requests
     * @throws IOException if the file cannot be written
     */
    public String send(RunRequest request) throws IOException {
        requireFolder();
        String name = UUID.randomUUID().toString();
        Map<String, Object> json = new LinkedHashMap<>(StoredFiles.begin());
        json.putAll(new TreeMap<>(request.toJson()));
        json.put(RUN, runName);
        json.put(NAME, name);
        json.put("time", TimeText.now());
        json.put("user", System.getProperty("user.name", ""));
        if (!AtomicFile.create(folder.resolve(name + REQUEST), Json.write(json))) {
            throw new IOException(folder + ": another request has the name " + name);
        }
        return name;
    }

    /**
     * Reads the answer to a request.
     *
     * @param name the request's name
     * @return the answer; empty as long as there is none
     * @throws IOException if it cannot be read
     * @throws JsonException if the file is no answer
     */
    public Optional<Answer> findAnswer(String name) throws IOException {
        try {
            if (!isAnswered(name)) {
                return Optional.empty();
            }
            JsonObject json = read(folder.resolve(name + ANSWER));
            String answer = json.string("answer");
            return Optional.of(new Answer(answer.equals("accepted"), json.string("message")));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        }
    }

    /**
     * Withdraws a request. The run may have read it already.
     *
     * @param name the request's name
     * @throws IOException if it cannot be deleted
     */
    public void withdraw(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name + REQUEST));
    }

    /**
     * Finds a reason for which the run will not answer.
     *
     * @return a part of a sentence about the run, such as {@code has ended}; empty if the run seems to be alive
     * @throws org.experimaestro.WorkspaceException if the run's description cannot be read
     * @throws IllegalArgumentException if its process has no valid number
     */
    public Optional<String> findSilence() {
        JsonObject json = run.description().orElse(null);
        if (json == null) {
            return Optional.of("has not begun, or could write nothing");
        }
        RunState state = RunState.of(json);
        if (state == RunState.ENDED) {
            return Optional.of("has ended");
        }
        if (state == RunState.DIED) {
            return Optional.of("is gone, with its " + ProcessIdentity.fromJson(json.object(RunFolder.PROCESS)));
        }
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of("takes no requests: it is detached, or has been started by an earlier version");
    }

    // ---- for the run ----

    /**
     * Makes the folder of requests. From then on, requests can be made.
     *
     * @throws IOException if it cannot be made
     */
    public void open() throws IOException {
        Path root = run.path().resolve("../../../..").normalize();
        OwnFolders.make(root, folder);
    }

    /**
     * Returns a value that changes when a request is made. It is read without listing the folder.
     *
     * @return the time of the folder's last change
     * @throws IOException if it cannot be read
     */
    public FileTime stamp() throws IOException {
        return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Lists the requests without an answer.
     *
     * @return their names, sorted; some are left out if the folder has more than 10,000 files
     * @throws IOException if they cannot be listed
     */
    public List<String> unanswered() throws IOException {
        requireFolder();
        List<String> names = new ArrayList<>();
        int files = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                var name = FILE.matcher(file.getFileName().toString());
                if (name.matches() && !isAnswered(name.group(1))) {
                    names.add(name.group(1));
                }
                if (++files == MOST_FILES) {
                    break;
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        Collections.sort(names);
        return names;
    }

    /**
     * Returns the owner of a request's file, which is its sender.
     *
     * @param name the request's name
     * @return the owner
     * @throws IOException if it cannot be read
     */
    public FileOwner owner(String name) throws IOException {
        return FileOwner.of(folder.resolve(name + REQUEST));
    }

    /**
     * Reads a request.
     *
     * @param name its name
     * @return the request
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no request to this run, or one that this version does not know
     */
    public Received read(String name) throws IOException {
        Path file = folder.resolve(name + REQUEST);
        JsonObject json = read(file);
        if (!json.string(RUN).equals(runName) || !json.string(NAME).equals(name)) {
            throw new IllegalArgumentException(
                    file + ": it was made as " + json.string(NAME) + " for the run " + json.string(RUN));
        }
        Long time = TimeText.millis(json.string("time"));
        if (time == null) {
            throw new IllegalArgumentException(file + ": time is no time, but \"" + json.string("time") + "\"");
        }
        return new Received(RunRequest.fromJson(json), Instant.ofEpochMilli(time), json.string("user"));
    }

    /**
     * Answers a request.
     *
     * @param name the request's name
     * @param answer the answer
     * @param now the time of the answer
     * @throws IOException if it cannot be written
     */
    public void answer(String name, Answer answer, Instant now) throws IOException {
        requireFolder();
        Map<String, Object> json = new LinkedHashMap<>(StoredFiles.begin());
        json.put("answer", answer.isAccepted() ? "accepted" : "refused");
        json.put("message", answer.message());
        json.put("time", TimeText.of(now.toEpochMilli()));
        AtomicFile.write(folder.resolve(name + ANSWER), Json.write(json));
    }

    /** Requires that the folder is no link, because another user's link could direct our writes anywhere. */
    private void requireFolder() throws IOException {
        OwnFolders.requireFolder(OwnFolders.look(folder), folder);
    }

    /** Returns whether the run has answered. A file counts only if its owner is that of the folder, the run's user. */
    private boolean isAnswered(String name) throws IOException {
        try {
            return FileOwner.of(folder.resolve(name + ANSWER)).number()
                    == FileOwner.of(folder).number();
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    private static JsonObject read(Path file) throws IOException {
        return StoredFiles.CURRENT.read(file, MOST_BYTES);
    }
}
