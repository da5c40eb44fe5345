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
 * The requests to one run: files in the folder {@code requests} of the run, {@code NAME.json}, each answered by the run in
 * {@code NAME.answer.json}. Whoever may write in the workspace can make one; whether it counts, the run decides by the owner
 * of the file. Thread-safe.
 *
 * <p>A request names its run and itself, so that one which is moved to another run, or to another name, is seen to be none.
 */
public final class RunRequests {
    private static final String RUN = "run";
    private static final String NAME = "name";
    /** The largest file that is read: 64 KiB. */
    private static final int MOST_BYTES = 64 << 10;
    /** The most files of the folder that are looked at. */
    private static final int MOST_FILES = 10_000;

    private static final String REQUEST = ".json";
    private static final String ANSWER = ".answer.json";
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9-]{1,100})\\.json");

    private final RunFolder run;
    private final String runName;
    private final Path folder;

    /**
     * The requests to a run.
     *
     * @param run its folder
     */
    public RunRequests(RunFolder run) {
        this.run = run;
        this.runName = run.experiment() + "/" + run.name();
        this.folder = run.path().resolve(WorkspaceLayout.REQUESTS);
    }

    /**
     * A request as it was found.
     *
     * @param request what is wanted
     * @param time when it was made, by the clock of who made it
     * @param user who made it, as they say
     */
    public record Received(RunRequest request, Instant time, String user) {}

    /**
     * What a run says to a request.
     *
     * @param isAccepted whether it does what is wanted
     * @param message what it does, or why it does not
     */
    public record Answer(boolean isAccepted, String message) {}

    // ---- of those who want something ----

    /**
     * Makes a request.
     *
     * @param request what is wanted
     * @return its name
     * @throws NoSuchFileException if the run takes no requests
     * @throws IOException if it cannot be written
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
     * @return empty as long as there is none
     * @throws IOException if it cannot be read
     * @throws JsonException if it is no answer
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
     * Takes a request back. The run may have seen it.
     *
     * @param name the request's name
     * @throws IOException if it cannot be deleted
     */
    public void withdraw(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name + REQUEST));
    }

    /**
     * Looks for a reason why nobody will answer.
     *
     * @return a part of a sentence about the run, such as {@code has ended}; empty if the run seems to be alive
     * @throws org.experimaestro.WorkspaceException if the run's description cannot be read
     * @throws IllegalArgumentException if it names no process
     */
    public Optional<String> findSilence() {
        JsonObject json = run.description().orElse(null);
        if (json == null) {
            return Optional.of("has not begun, or could write nothing");
        }
        if (RunFolder.hasEnded(json.keys())) {
            return Optional.of("has ended");
        }
        if (json.has("process")) {
            ProcessIdentity process = ProcessIdentity.fromJson(json.object("process"));
            if (process.isLocal() && !process.isAlive()) {
                return Optional.of("is gone, with its " + process);
            }
        }
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of("takes no requests: it is detached, or has been started by an earlier version");
    }

    // ---- of the run ----

    /**
     * Makes the folder, in which requests can be made from then on.
     *
     * @throws IOException if it cannot be made
     */
    public void open() throws IOException {
        Path root = run.path().resolve("../../../..").normalize();
        OwnFolders.make(root, folder);
    }

    /**
     * Returns what changes when a request is made. One look at the folder, whatever is in it.
     *
     * @return the time of the folder's last change
     * @throws IOException if it cannot be looked at
     */
    public FileTime stamp() throws IOException {
        return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Lists the requests without an answer.
     *
     * @return their names, sorted; some are left out where somebody has made more than 10,000 files
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
     * Tells to whom a request belongs, which shows who has made it.
     *
     * @param name the request's name
     * @return the owner of its file
     * @throws IOException if it cannot be looked at
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
     * @param now the time
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

    /** Somebody may have put a link in its place, which would have us write elsewhere. */
    private void requireFolder() throws IOException {
        OwnFolders.requireFolder(OwnFolders.look(folder), folder);
    }

    /** Whether the run has answered: a file of another user than the run's own is no answer. */
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
