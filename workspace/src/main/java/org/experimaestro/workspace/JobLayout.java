package org.experimaestro.workspace;

import org.experimaestro.base.file.OwnFolder;

/** The names of our files in the folder of a job: docs/workspace.md. {@link JobFolder} has their paths. */
final class JobLayout {
    /** The folder that they are in. */
    static final String INTERNAL = OwnFolder.NAME;

    static final String PARAMETERS = "params.json";
    static final String CLASS_PATH = "classpath.txt";
    static final String DONE = "done.json";

    // These are followed by the number of the attempt.
    static final String ATTEMPT = "attempt-";
    static final String PROCESS = "process-";
    static final String HANDED = "handed-";
    static final String FAILED = "failed-";
    static final String ENDED = "ended-";
    static final String OUTPUT = "stdout-";
    static final String ERROR = "stderr-";
    static final String EVENTS = "events-";

    // Keys of more than one file.
    static final String CLAIMANT_KEY = "claimant";
    static final String PROCESS_KEY = "process";
    static final String VOID_KEY = "void";

    static final String JSON = ".json";
    static final String LOG = ".log";
    static final String LINES = ".jsonl";

    /** The most attempts of a job, which are numbered from 1. */
    static final int MOST_ATTEMPTS = 1_000_000;

    /** The path of the workspace from the folder of our files. */
    static final String TO_WORKSPACE = "../../../..";

    /** The beginnings of the names of JSON files that tell the state of an attempt. */
    private static final String[] STATES = {ATTEMPT, PROCESS, HANDED, FAILED, ENDED};

    private JobLayout() {}

    /** Whether a file tells the state of the job, or of an attempt. */
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
     * The number of an attempt.
     *
     * @param name the name of its file
     * @return 0 if it has no number from 1 to a million, in the digits that we would write
     */
    static int attemptOf(String name) {
        int number = 0;
        for (int i = ATTEMPT.length(); i < name.length() - JSON.length(); i++) {
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
