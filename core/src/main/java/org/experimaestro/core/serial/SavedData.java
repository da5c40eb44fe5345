package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.ConfigException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.model.identity.ContentDigest;
import org.experimaestro.model.identity.JobPath;

/**
 * The folder beside a saved file with the data that travels with it. Its files have the places that they have in a
 * workspace, {@code jobs/TYPE/IDENTIFIER/…}, so that they count as those of their jobs; other files are in {@code
 * content/DIGEST/}. An index has the digest of each. Immutable.
 */
public final class SavedData {
    private static final int FORMAT = 1;
    private static final String INDEX = "index.json";
    private static final String JOBS = "jobs";
    private static final String FILES = "files";
    private static final String DIGEST = "digest";
    private static final String COPY = "copy";
    private static final String CONTENT = "content";

    private final Path folder;
    private final SortedSet<String> jobs;
    private final Map<String, Entry> files;

    /** A file or folder: its digest, and the path of its copy below the folder. */
    record Entry(String digest, String copy) {}

    private SavedData(Path folder, Set<String> jobs, Map<String, Entry> files) {
        this.folder = folder;
        this.jobs = Collections.unmodifiableSortedSet(new TreeSet<>(jobs));
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * Returns the data for a file that is being saved.
     *
     * @param jobs the names of the jobs of which all that is used travels
     * @param files by their {@link #key}
     */
    static SavedData of(Path folder, Set<String> jobs, Map<String, Entry> files) {
        return new SavedData(folder, jobs, files);
    }

    /**
     * Reads the index of a folder.
     *
     * @param folder the folder
     * @return its data
     * @throws IOException if it cannot be read
     * @throws JsonException if it is damaged
     */
    static SavedData read(Path folder) throws IOException {
        JsonObject index = JsonFile.read(folder.resolve(INDEX), JsonFile.LARGE_BYTES);
        FileFormat.require(index, FORMAT, FORMAT, "");
        Set<String> jobs = new TreeSet<>();
        index.list(JOBS).forEach(job -> jobs.add(String.valueOf(job)));
        Map<String, Entry> files = new LinkedHashMap<>();
        JsonObject stored = index.object(FILES);
        for (String key : stored.keys()) {
            JsonObject entry = stored.object(key);
            files.put(key, new Entry(entry.string(DIGEST), entry.string(COPY)));
        }
        return new SavedData(folder, jobs, files);
    }

    void write() throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        files.forEach((key, entry) -> entries.put(key, Map.of(DIGEST, entry.digest(), COPY, entry.copy())));
        Map<String, Object> index = new LinkedHashMap<>();
        index.put(FileFormat.KEY, FORMAT);
        index.put(JOBS, List.copyOf(jobs));
        index.put(FILES, entries);
        AtomicFile.write(folder.resolve(INDEX), JsonFile.text(index, JsonFile.LARGE_BYTES));
    }

    /** Returns the files by their keys. */
    Map<String, Entry> files() {
        return files;
    }

    /** Returns the name of a path in an index: the place in a workspace of a path in a job's folder, else its text. */
    static String key(Path path) {
        JobPath job = JobPath.of(path);
        return job == null ? JobPath.text(path) : jobKey(job);
    }

    private static String jobKey(JobPath job) {
        String folder = JobPath.FOLDER + "/" + job.typeId() + "/" + job.id();
        return job.rest().isEmpty() ? folder : folder + "/" + job.rest();
    }

    /** Returns the entry of a file that is to be copied, by its present content. */
    static Entry entry(Path path) {
        String digest = digest(path);
        JobPath job = JobPath.of(path);
        return new Entry(digest, job == null ? CONTENT + "/" + digest + "/" + path.getFileName() : jobKey(job));
    }

    private static String digest(Path path) {
        return HexFormat.of().formatHex(ContentDigest.of(path));
    }

    /**
     * Returns the present place of data that a saved configuration names.
     *
     * @param path its place by the file of the configuration
     * @param where the parameter, for errors
     * @return the path itself if its content is as saved, else that of the copy
     * @throws ConfigException if neither is there, or has the content that was saved
     */
    Path find(Path path, String where) {
        Entry entry = files.get(key(path));
        if (entry == null) {
            return path; // it was no data path yet when the file was saved
        }
        if (has(path, entry)) {
            return path;
        }
        Path copy = folder.resolve(entry.copy()).normalize();
        if (!copy.startsWith(folder) || !Files.exists(copy)) {
            throw problem(where, path, "it is neither there nor in " + folder, "bring the folder along with the file");
        }
        if (!has(copy, entry)) {
            throw problem(
                    where, path, "the content of " + copy + " was changed after it had been saved", "save it again");
        }
        return copy;
    }

    /** Returns whether a path has the content of an entry. */
    static boolean has(Path path, Entry entry) {
        return Files.exists(path) && digest(path).equals(entry.digest());
    }

    private static ConfigException problem(String where, Path path, String reason, String advice) {
        return ConfigException.of("Cannot find the data " + path + " of " + where + ": " + reason)
                .advice(advice)
                .build();
    }

    /**
     * Returns whether all that saved configurations use of a job is in a folder of data, so that the job itself is not
     * needed.
     *
     * @param folder the folder in which the job was found in the place of a workspace
     * @param job the name of the job, {@code type/identifier}
     * @return false also for a folder that is none of data
     */
    public static boolean isComplete(Path folder, String job) {
        if (!Files.exists(folder.resolve(INDEX))) {
            return false;
        }
        try {
            return read(folder).isComplete(job);
        } catch (IOException | JsonException unreadable) {
            return false;
        }
    }

    /** Returns whether all that saved configurations use of a job is in the folder. */
    boolean isComplete(String job) {
        return jobs.contains(job);
    }

    /** Reads the data beside a saved file. */
    static SavedData beside(Path file, String name) {
        Path parent = file.getParent();
        Path folder = parent == null ? Path.of(name) : parent.resolve(name);
        try {
            return read(folder.normalize());
        } catch (IOException missing) {
            throw ConfigException.of("Cannot read the data of the file: " + missing)
                    .at(file.toString())
                    .advice("bring the folder " + folder.getFileName() + " along with the file")
                    .cause(missing)
                    .build();
        }
    }

    Path folder() {
        return folder;
    }
}
