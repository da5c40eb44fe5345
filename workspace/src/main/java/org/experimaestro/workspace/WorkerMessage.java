package org.experimaestro.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/**
 * A message between a run and its worker: one line of JSON ({@link WorkerConnection}). The run begins with
 * {@link Fresh}, and the worker with {@link Ready}. Then each {@link Begin} of the run is answered by an {@link Over}.
 * Immutable.
 *
 * <p>The code is on the path of a job: without lambdas and streams.
 */
public sealed interface WorkerMessage {
    /**
     * Returns the message as JSON.
     *
     * @return the members of an object
     */
    Map<String, Object> toJson();

    /**
     * Returns the message of an object.
     *
     * @param json the object
     * @return the message
     * @throws JsonException if the object is none
     */
    static WorkerMessage of(JsonObject json) {
        try {
            if (json.has(Begin.FOLDER)) {
                return Begin.of(json);
            }
            if (json.has(Fresh.JARS)) {
                return Fresh.of(json);
            }
            return json.has(Ready.READY) ? Ready.of(json) : Over.of(json);
        } catch (IllegalArgumentException wrong) { // such as a path with a byte 0
            throw new JsonException(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * The first message of a run: the part of the class path whose classes are new for each task. The worker's own class path
     * has all other jars.
     *
     * @param jars absolute paths of jars, in the order of the class path
     */
    record Fresh(List<Path> jars) implements WorkerMessage {
        private static final String JARS = "fresh";

        /** Creates the message. */
        public Fresh {
            jars = List.copyOf(jars);
        }

        @Override
        public Map<String, Object> toJson() {
            List<String> paths = new ArrayList<>();
            for (Path jar : jars) {
                paths.add(jar.toString());
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(JARS, paths);
            return json;
        }

        private static Fresh of(JsonObject json) {
            List<Path> jars = new ArrayList<>();
            for (Object each : json.list(JARS)) {
                jars.add(Path.of(String.valueOf(each)));
            }
            return new Fresh(jars);
        }
    }

    /**
     * The first message of a worker: it waits for tasks.
     *
     * @param process the worker's process
     */
    record Ready(ProcessIdentity process) implements WorkerMessage {
        private static final String READY = "ready";

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(READY, true);
            json.put(JobLayout.PROCESS_KEY, process.toJson());
            return json;
        }

        private static Ready of(JsonObject json) {
            return new Ready(ProcessIdentity.fromJson(json.object(JobLayout.PROCESS_KEY)));
        }
    }

    /**
     * A task to execute. A worker gets the next one after the end of the one before.
     *
     * @param sequence the number of the task in the worker, from 1, larger than those before
     * @param attempt the number of the attempt
     * @param folder the absolute path of the job's folder, as for {@link JobFolder#at}
     */
    record Begin(long sequence, int attempt, Path folder) implements WorkerMessage {
        private static final String FOLDER = "folder";
        private static final String SEQUENCE = "sequence";
        private static final String ATTEMPT = "attempt";

        /**
         * Returns the message for an attempt.
         *
         * @param sequence the number of the task in the worker
         * @param attempt the attempt
         * @return the message
         */
        public static Begin of(long sequence, Attempt attempt) {
            return new Begin(sequence, attempt.number(), attempt.job().path());
        }

        /**
         * Returns the attempt.
         *
         * @return the attempt in its folder
         * @throws WorkspaceException if the path is not that of a job's folder
         */
        public Attempt toAttempt() {
            return JobFolder.at(folder).attempt(attempt);
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(SEQUENCE, sequence);
            json.put(ATTEMPT, attempt);
            json.put(FOLDER, folder.toString());
            return json;
        }

        private static Begin of(JsonObject json) {
            return new Begin(
                    json.integer(SEQUENCE),
                    json.integer(ATTEMPT, 1, JobLayout.MOST_ATTEMPTS),
                    Path.of(json.string(FOLDER)));
        }
    }

    /**
     * The end of a task. Its files say how it ended: a marker, or nothing if the attempt was superseded before it began.
     *
     * @param sequence the number of the task in the worker
     * @param renew the reason why the worker takes no other task, and ends; empty if it takes the next one
     * @param loadsNative whether classes of the task have loaded a native library, which only one task of a process can do:
     *     later tasks of the type need processes of their own
     * @param missesPlan whether the task has failed because a class that all tasks share has not seen one of the plan's: it
     *     and later tasks of the type need processes of their own
     */
    record Over(long sequence, Optional<String> renew, boolean loadsNative, boolean missesPlan)
            implements WorkerMessage {
        private static final String SEQUENCE = "sequence";
        private static final String RENEW = "renew";
        private static final String NATIVE = "native";
        private static final String UNSEEN = "unseen";

        /**
         * Creates the message about a task that has seen all classes.
         *
         * @param sequence the number of the task in the worker
         * @param renew the reason why the worker ends; empty if it takes the next one
         * @param loadsNative whether classes of the task have loaded a native library
         */
        public Over(long sequence, Optional<String> renew, boolean loadsNative) {
            this(sequence, renew, loadsNative, false);
        }

        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(SEQUENCE, sequence);
            if (renew.isPresent()) {
                json.put(RENEW, renew.get());
            }
            if (loadsNative) {
                json.put(NATIVE, true);
            }
            if (missesPlan) {
                json.put(UNSEEN, true);
            }
            return json;
        }

        private static Over of(JsonObject json) {
            return new Over(
                    json.integer(SEQUENCE),
                    json.optionalString(RENEW),
                    json.has(NATIVE) && json.bool(NATIVE),
                    json.has(UNSEEN) && json.bool(UNSEEN));
        }
    }
}
