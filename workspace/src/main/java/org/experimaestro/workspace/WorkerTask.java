package org.experimaestro.workspace;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A task among those that one worker executes, one after the other. With the identity of the worker's process, it
 * identifies the owner of an attempt. Immutable.
 *
 * <p>The code is on the path of a job: without lambdas and streams.
 *
 * @param worker the name of the worker, unique in its workspace: it names the worker's files
 * @param sequence the number of the task in the worker, from 1
 */
public record WorkerTask(String worker, long sequence) {
    private static final String KEY = "worker";
    private static final String NAME = "name";
    private static final String SEQUENCE = "sequence";
    private static final int LONGEST_NAME = 100;

    /**
     * Creates a task of a worker.
     *
     * @throws IllegalArgumentException if the name has other characters than {@code A-Z a-z 0-9 _ -}, none of them, or more
     *     than 100, because it would name other files; or if the sequence is below 1
     */
    public WorkerTask {
        requireName(worker);
        if (sequence < 1) {
            throw new IllegalArgumentException("The tasks of a worker are numbered from 1, not " + sequence);
        }
    }

    /**
     * Requires that a text can be the name of a worker.
     *
     * @param name the text
     * @return the same text
     * @throws IllegalArgumentException if it has other characters than {@code A-Z a-z 0-9 _ -}, none of them, or more than
     *     100
     */
    public static String requireName(String name) {
        boolean isName = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; i < name.length() && isName; i++) {
            char letter = name.charAt(i);
            isName = letter >= 'a' && letter <= 'z'
                    || letter >= 'A' && letter <= 'Z'
                    || letter >= '0' && letter <= '9'
                    || letter == '_'
                    || letter == '-';
        }
        if (!isName) {
            throw new IllegalArgumentException("The name of a worker has 1 to " + LONGEST_NAME
                    + " of the characters A-Z a-z 0-9 _ -: \"" + name + "\"");
        }
        return name;
    }

    /**
     * Returns whether the task is over, by the file of a worker that is alive and can be seen from here. It is to be asked
     * before the markers of the task are read, because they are written before.
     *
     * @param workspace the workspace
     * @return false also if the file cannot be read: then the process alone decides
     */
    public boolean isOver(Path workspace) {
        long present = WorkerFiles.of(workspace, worker).present().orElse(sequence);
        return present != sequence;
    }

    void addTo(Map<String, Object> process) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(NAME, worker);
        json.put(SEQUENCE, sequence);
        process.put(KEY, json);
    }

    /**
     * Returns the task in the file of a process; {@code null} for a process of the job alone.
     *
     * @throws JsonException if a key is missing or has another type
     * @throws IllegalArgumentException if the values are those of no task
     */
    static @Nullable WorkerTask find(JsonObject process) {
        if (!process.has(KEY)) {
            return null;
        }
        JsonObject json = process.object(KEY);
        return new WorkerTask(json.string(NAME), json.integer(SEQUENCE));
    }

    @Override
    public String toString() {
        return "task " + sequence + " of worker " + worker;
    }
}
