package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * The notes on a job or a run, and the tags of a run. Each is a file of its own, so that people who write at the same
 * time lose nothing. Thread-safe.
 */
public final class Notes {
    static final String FOLDER = "notes";
    private static final String TAG = "tag";
    private static final String TEXT = "text";

    private final String name;
    private final Path root;
    private final Path owner;
    private final Path folder;
    private final @Nullable JobFolder job;

    private Notes(String name, Path root, Path owner, @Nullable JobFolder job) {
        this.name = name;
        this.job = job;
        this.root = root;
        this.owner = owner;
        this.folder = owner.resolve(FOLDER);
    }

    /**
     * Returns the notes on a job, which stay when the job is run again.
     *
     * @param job the job
     * @return its notes
     */
    public static Notes of(JobFolder job) {
        return new Notes(job.name(), job.workspace(), job.internalFolder(), job);
    }

    /**
     * Returns the notes and tags of a run.
     *
     * @param run the run
     * @return its notes
     */
    public static Notes of(RunFolder run) {
        Path root = run.path().resolve("../../../..").normalize();
        return new Notes("the run " + run.qualifiedName(), root, run.path(), null);
    }

    /**
     * Returns the folder of the notes, whose time of change tells of a new or removed one.
     *
     * @return a path, which need not exist
     */
    public Path folder() {
        return folder;
    }

    /**
     * Adds a note.
     *
     * @param text the note
     * @param now the time
     * @throws WorkspaceException if it cannot be written, or the job's files are in another workspace
     */
    public void add(String text, Instant now) {
        write("", text, now);
    }

    /**
     * Sets a tag. The last value that was set counts.
     *
     * @param tag the name
     * @param value the value; may be empty
     * @param now the time
     * @throws WorkspaceException if it cannot be written, or the job's files are in another workspace
     */
    public void tag(String tag, String value, Instant now) {
        write(tag, value, now);
    }

    private void requireHere(String action) {
        if (job != null) {
            ElsewhereLink.requireHere(job, action + " " + name);
        }
    }

    private void write(String tag, String text, Instant now) {
        requireHere("write a note on");
        Map<String, Object> json = new LinkedHashMap<>(StoredFiles.begin());
        json.put("time", TimeText.of(now.toEpochMilli()));
        json.put("user", System.getProperty("user.name", ""));
        if (!tag.isEmpty()) {
            json.put(TAG, tag);
        }
        json.put(TEXT, text);
        String file = RunNames.stamp(now.toEpochMilli()) + "-" + UUID.randomUUID() + JobLayout.JSON;
        try {
            OwnFolders.requireFolder(OwnFolders.look(owner), owner);
            OwnFolders.make(root, folder);
            AtomicFile.write(folder.resolve(file), Json.write(json));
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write a note on " + name + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Removes the notes of a text.
     *
     * @param text the whole text
     * @return the number of notes that it had
     * @throws WorkspaceException if a file cannot be deleted, or the job's files are in another workspace
     */
    public int removeNote(String text) {
        return remove(note -> !note.isTag() && note.text().equals(text));
    }

    /**
     * Removes a tag, with all values that it had.
     *
     * @param tag the name
     * @return the number of values
     * @throws WorkspaceException if a file cannot be deleted, or the job's files are in another workspace
     */
    public int removeTag(String tag) {
        return remove(note -> note.tag().equals(tag));
    }

    private int remove(Predicate<Note> unwanted) {
        requireHere("remove a note on");
        int removed = 0;
        for (String file : files()) {
            Optional<Note> note = read(file);
            if (note.filter(unwanted).isPresent()) {
                try {
                    removed += Files.deleteIfExists(folder.resolve(file)) ? 1 : 0;
                } catch (IOException failed) {
                    throw WorkspaceException.of("Cannot remove a note on " + name + ": " + Failures.reason(failed))
                            .cause(failed)
                            .build();
                }
            }
        }
        return removed;
    }

    /**
     * Reads the notes and tags.
     *
     * @return all that can be read, the oldest first; a damaged file hides only itself, and a folder that cannot be
     *     listed, such as that of a user who shares nothing, has no notes
     */
    public List<Note> list() {
        List<Note> notes = new ArrayList<>();
        for (String file : files()) {
            read(file).ifPresent(notes::add);
        }
        notes.sort((one, other) -> one.time().compareTo(other.time()));
        return notes;
    }

    private Optional<Note> read(String file) {
        try {
            JsonObject json = StoredFiles.CURRENT.read(folder.resolve(file), JsonFile.SMALL_BYTES);
            return Optional.of(new Note(
                    json.time("time"),
                    json.string("user"),
                    json.optionalString(TAG).orElse(""),
                    json.string(TEXT)));
        } catch (IOException | JsonException damaged) {
            return Optional.empty(); // it is no note of ours
        }
    }

    private List<String> files() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            return Workspace.listNames(folder);
        } catch (WorkspaceException unreadable) {
            return List.of();
        }
    }

    /**
     * Returns the tags among notes.
     *
     * @param notes the notes, the oldest first
     * @return the last value of each tag, sorted by name
     */
    public static Map<String, String> tags(List<Note> notes) {
        Map<String, String> tags = new TreeMap<>();
        for (Note note : notes) {
            if (note.isTag()) {
                tags.put(note.tag(), note.text());
            }
        }
        return tags;
    }
}
