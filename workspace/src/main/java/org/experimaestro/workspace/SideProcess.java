package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.workspace.SideStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * A process of an action or a service: one execution, or one start. Its folder has the files of the action, and ours in
 * a folder below it, as that of a job. Each of our files is written once, so the first of several ends counts.
 * Thread-safe.
 *
 * <p>The code is on the path of the process, so it uses no lambdas and no streams.
 */
public final class SideProcess {
    private static final String REQUEST = "request.json";
    private static final String PROCESS = "process.json";
    private static final String READY = "ready.json";
    private static final String STOP = "stop.json";
    private static final String END = "end.json";
    private static final String LOG = "output.log";
    private static final String FORMER_LOG = "output-before.log";
    private static final String STATE = "state";
    /** The key of a file in the place of that of a process, which can then not begin. */
    private static final String VOID = "void";

    /** The key of a request with the port at which a service is to listen; absent for any free one. */
    public static final String PORT = "port";

    /** The largest number of a port. */
    public static final int MOST_PORT = 65_535;

    /** The key of a request with the answers of an action: lists of texts by the names of the questions. */
    public static final String ANSWERS = "answers";

    private static final String TEXT = "text";

    private final SideKind kind;
    private final Path path;
    private final Path internal;

    SideProcess(SideKind kind, Path path) {
        this.kind = kind;
        this.path = path;
        this.internal = path.resolve(JobLayout.INTERNAL);
    }

    /**
     * Returns the process of a folder.
     *
     * @param kind the kind
     * @param path what {@link #path} has returned
     * @return the process
     */
    public static SideProcess at(SideKind kind, Path path) {
        return new SideProcess(kind, path.toAbsolutePath().normalize());
    }

    /**
     * Returns the folder, which is the working folder of the process.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * Returns the number.
     *
     * @return from 1
     */
    public int number() {
        return Integer.parseInt(String.valueOf(path.getFileName()));
    }

    /**
     * Returns the action or service.
     *
     * @return the folder above
     */
    public SideFolder folder() {
        return SideFolder.above(path, kind);
    }

    /**
     * Returns the log of the process.
     *
     * @return a text file
     */
    public Path log() {
        return internal.resolve(LOG);
    }

    /**
     * Returns the log before the present one. A service begins another one when its log is too large.
     *
     * @return a text file, which need not exist
     */
    public Path formerLog() {
        return internal.resolve(FORMER_LOG);
    }

    /**
     * Returns the words of the command line after the options of the JVM.
     *
     * @return the main class and its argument
     */
    public List<String> command() {
        return List.of(kind.mainClass(), path.toString());
    }

    /**
     * Returns whether a command line is that of this process.
     *
     * @param commandLine the words
     * @param separator the separator between them
     * @return whether it ends so
     */
    public boolean isCommand(String commandLine, String separator) {
        return commandLine.endsWith(separator + kind.mainClass() + separator + path);
    }

    /** Returns whether a file says that the process lives, which means nothing on another host. */
    static boolean isLife(String name) {
        return name.equals(REQUEST) || name.equals(PROCESS) || name.equals(READY) || name.equals(STOP);
    }

    void request(Map<String, ?> request) throws IOException {
        Files.createDirectory(internal);
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.of(System.currentTimeMillis()));
        json.put("user", System.getProperty("user.name", ""));
        json.put("starter", ProcessIdentity.current().toJson());
        json.putAll(request);
        AtomicFile.write(internal.resolve(REQUEST), Json.write(json));
    }

    /**
     * Reads what the process was started with.
     *
     * @return the values of {@link SideFolder#newProcess}, and others
     * @throws IOException if it cannot be read
     * @throws JsonException if it is damaged
     */
    public JsonObject request() throws IOException {
        return read(REQUEST);
    }

    private JsonObject read(String name) throws IOException {
        return StoredFiles.CURRENT.read(internal.resolve(name), JsonFile.SMALL_BYTES);
    }

    private @Nullable JsonObject find(String name) throws IOException {
        try {
            return read(name);
        } catch (NoSuchFileException notYet) {
            return null;
        }
    }

    /**
     * Begins, in the name of this process.
     *
     * @return false if another process has begun in this folder
     * @throws IOException if it cannot be written
     */
    public boolean begin() throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put("process", ProcessIdentity.current().toJson());
        return AtomicFile.create(internal.resolve(PROCESS), Json.write(json));
    }

    /**
     * Sees to it that a process that has not begun never begins. Does nothing if it has begun.
     *
     * @throws IOException if it cannot be written
     */
    public void declareVoid() throws IOException {
        if (Files.isDirectory(internal)) { // else the process cannot begin either
            Map<String, Object> json = StoredFiles.begin();
            json.put(VOID, true);
            AtomicFile.create(internal.resolve(PROCESS), Json.write(json));
        }
    }

    /**
     * Tells that a service is ready.
     *
     * @param port the port at which it listens
     * @throws IOException if it cannot be written
     */
    public void ready(int port) throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put(PORT, port);
        AtomicFile.create(internal.resolve(READY), Json.write(json));
    }

    /**
     * Records that a person is about to stop the process.
     *
     * @return false if that was recorded before
     * @throws IOException if it cannot be written
     */
    public boolean stopping() throws IOException {
        return AtomicFile.create(internal.resolve(STOP), Json.write(StoredFiles.begin()));
    }

    /**
     * Takes back {@link #stopping}, because the process could not be asked.
     *
     * @throws IOException if it cannot be written
     */
    public void notStopping() throws IOException {
        Files.deleteIfExists(internal.resolve(STOP));
    }

    /**
     * Returns whether a person has asked the process to stop.
     *
     * @return whether {@link #stopping} was called
     */
    public boolean isStopping() {
        return Files.exists(internal.resolve(STOP));
    }

    /**
     * Tells the end, unless one was told before.
     *
     * @param state DONE, FAILED, STOPPED, or VANISHED if a person knows so of a process of another host
     * @param text the result, or the reason
     * @throws IOException if it cannot be written
     */
    public void end(State state, String text) throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put(STATE, state.name());
        json.put(TEXT, text);
        json.put("ended", TimeText.of(System.currentTimeMillis()));
        AtomicFile.create(internal.resolve(END), Json.write(json));
    }

    /**
     * Lists the files of its record, each of which is written once: with the same names, it has the same state, unless it
     * runs and its process has gone.
     *
     * @return the names, sorted; none if the folder cannot be read
     */
    public List<String> recorded() {
        List<String> names = new ArrayList<>();
        for (String name : Workspace.listNames(internal)) {
            if (name.endsWith(JobLayout.JSON)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Returns whether an end was told.
     *
     * @return whether {@link #end} was called
     */
    public boolean hasEnd() {
        return Files.exists(internal.resolve(END));
    }

    /**
     * Returns the user who runs the process.
     *
     * @return the owner of the file that the process has written
     * @throws IOException if there is none
     */
    public FileOwner owner() throws IOException {
        return FileOwner.of(internal.resolve(PROCESS));
    }

    /**
     * Finds a link by which another user may have led to this folder.
     *
     * @return the link and its owner; empty if there is none
     * @throws IOException if a folder cannot be read
     */
    public Optional<String> findDoubtfulLink() throws IOException {
        return OwnFolders.findDoubtfulLink(folder().workspace(), path);
    }

    /**
     * Computes the state.
     *
     * @return the state; FAILED with the reason if a file cannot be read
     */
    public SideStatus status() {
        try {
            JsonObject request = find(REQUEST);
            // The process is looked at before its end is, because it writes its end first.
            JsonObject file = find(PROCESS);
            boolean isVoid = file != null && file.has(VOID);
            @Nullable
            ProcessIdentity process = file == null || isVoid ? null : ProcessIdentity.fromJson(file.object("process"));
            @Nullable ProcessIdentity known = process;
            if (process == null && !isVoid && request != null) {
                known = ProcessIdentity.fromJson(request.object("starter"));
            }
            boolean isLocal = known != null && known.isLocal();
            boolean isAlive = known != null && known.isLocal() && known.isAlive();
            JsonObject ready = find(READY);
            JsonObject end = find(END);
            State state;
            if (end != null) {
                state = State.valueOf(end.string(STATE));
            } else if (!isLocal && known != null) {
                state = State.ELSEWHERE;
            } else if (!isAlive) {
                state = isStopping() ? State.STOPPED : State.VANISHED;
            } else {
                boolean isReady = process != null && (kind == SideKind.ACTION || ready != null);
                state = isReady ? State.RUNNING : State.STARTING;
            }
            return new SideStatus(
                    state,
                    Optional.ofNullable(process),
                    ready == null ? OptionalInt.empty() : OptionalInt.of(ready.integer(PORT, 1, MOST_PORT)),
                    end == null ? "" : end.string(TEXT),
                    request == null ? Optional.empty() : Optional.of(request.time("time")),
                    end == null ? Optional.empty() : Optional.of(end.time("ended")));
        } catch (IOException unreadable) {
            return damaged(Failures.reason(unreadable));
        } catch (IllegalArgumentException | JsonException corrupt) {
            return damaged(String.valueOf(corrupt.getMessage()));
        }
    }

    private static SideStatus damaged(String reason) {
        return new SideStatus(
                State.FAILED,
                Optional.empty(),
                OptionalInt.empty(),
                "its files cannot be read: " + reason,
                Optional.<Instant>empty(),
                Optional.empty());
    }

    /** Returns the action or service, and the number. */
    @Override
    public String toString() {
        return folder() + ", number " + number();
    }
}
