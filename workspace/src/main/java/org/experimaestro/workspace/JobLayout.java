package org.experimaestro.workspace;

import org.experimaestro.base.file.OwnFolder;

/** The names of our files in the folder of a job (docs/workspace.md). {@link JobFolder} has their paths. */
final class JobLayout {
    /** The name of the folder of our files. */
    static final String INTERNAL = OwnFolder.NAME;

    static final String PARAMETERS = "params.json";
    static final String CLASS_PATH = "classpath.txt";
    static final String DONE = "done.json";
    static final String PIN = "pin.json";
    /** The file of a job that is the result of a job with a new name. */
    static final String LINKED = "linked.json";
    /** The file of what the task has announced while it runs. */
    static final String ANNOUNCED = "announced.jsonl";

    // These are followed by the number of the attempt.
    static final String ATTEMPT = "attempt-";
    static final String PROCESS = "process-";
    static final String HANDED = "handed-";
    static final String FAILED = "failed-";
    static final String ENDED = "ended-";
    /** The marker of an attempt that was done, and whose outputs were removed. */
    static final String REMOVED = "removed-";

    static final String STOP = "stop-";
    static final String USAGE = "usage-";
    static final String ACCOUNTED = "accounted-";
    static final String OUTPUT = "stdout-";
    static final String ERROR = "stderr-";
    static final String EVENTS = "events-";
    /** The files by which a program of the task gets its parameters, and tells its measurements. */
    static final String PROGRAM = "program-";
    /** The start of the names of the files in {@link #DUMPS} with the stacks of a process. */
    static final String THREADS = "threads-";
    /** The start of the names of the files in {@link #DUMPS} with the heap of a process. */
    static final String HEAP = "heap-";
    /** The folder of the files that the attempt found when it began. */
    static final String BEFORE = "before-";

    /** The folder that gets the name of {@link #BEFORE} when all files are in it. */
    static final String BEFORE_MOVING = BEFORE + "moving";

    /** The folder of the dumps of the job's processes. */
    static final String DUMPS = "dumps";

    // Keys of more than one file.
    static final String CLAIMANT_KEY = "claimant";
    static final String PROCESS_KEY = "process";
    static final String VOID_KEY = "void";
    /** The key, in the file of an attempt that only removes outputs, of the number of the attempt that made them. */
    static final String REMOVES_KEY = "removes";

    static final String JSON = ".json";
    static final String LOG = ".log";
    static final String LINES = ".jsonl";
    static final String TEXT = ".txt";

    /** The largest number of an attempt; the first is 1. */
    static final int MOST_ATTEMPTS = 1_000_000;

    /** The path from the folder of our files to the workspace. */
    static final String TO_WORKSPACE = "../../../..";

    /** The prefixes of the names of JSON files from which the state of an attempt is found. */
    private static final String[] STATES = {ATTEMPT, PROCESS, HANDED, FAILED, ENDED, REMOVED};

    private JobLayout() {}

    /** Returns whether the state of the job, or of an attempt, is found from a file. */
    static boolean isState(String name) {
        for (String state : STATES) {
            if (name.startsWith(state) && name.endsWith(JSON)) {
                return true;
            }
        }
        return name.equals(DONE);
    }

    static boolean isEvents(String name) {
        return name.startsWith(EVENTS) && name.endsWith(LINES);
    }

    static boolean isAttempt(String name) {
        return name.startsWith(ATTEMPT) && name.endsWith(JSON);
    }

    /**
     * Returns the number of an attempt.
     *
     * @param name the name of its file
     * @return 0 if the name has no number from 1 to a million, or one with leading zeros
     */
    static int attemptOf(String name) {
        return number(name, ATTEMPT.length(), name.length() - JSON.length());
    }

    /**
     * Returns the number of the attempt that found the files of a folder.
     *
     * @param name the name of a file or folder of ours
     * @return 0 if it is not such a folder
     */
    static int beforeOf(String name) {
        return name.startsWith(BEFORE) ? number(name, BEFORE.length(), name.length()) : 0;
    }

    private static int number(String name, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < (number == 0 ? 1 : 0) || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
            if (number > MOST_ATTEMPTS) {
                return 0;
            }
        }
        return number;
    }
}
