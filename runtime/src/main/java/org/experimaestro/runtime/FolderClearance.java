package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;

/**
 * The wait of a process of rank 1 or more for the process of rank 0, which moves the files of earlier attempts aside.
 * Without it, files that the new attempt has written could be moved, too.
 */
final class FolderClearance {
    /** The longest wait: that of rank 0 for a former process, and some minutes to start and to move the files. */
    private static final long PATIENCE_MILLIS = PreviousProcess.PATIENCE_MILLIS + 600_000;

    private static final long PAUSE_MILLIS = 50;

    private FolderClearance() {}

    /**
     * Waits until the folder is clear. Returns at once for a first attempt.
     *
     * <p>A process that begins after the task of rank 0 has ended has no work: rank 0 deletes the files of earlier
     * attempts when the job is done, and would be waited for in vain.
     *
     * @param folder the job
     * @param number the number of the attempt for which the job was started
     * @param restarts the number of times that the batch system has started the job again
     * @return false if the job is done already
     * @throws IOException if the attempt has ended, or the process of rank 0 does not begin
     */
    static boolean await(JobFolder folder, int number, int restarts) throws IOException, InterruptedException {
        return await(folder, number, restarts, PATIENCE_MILLIS);
    }

    static boolean await(JobFolder folder, int number, int restarts, long patienceMillis)
            throws IOException, InterruptedException {
        if (number == 1 && restarts == 0) {
            return true;
        }
        long start = System.nanoTime();
        while (true) {
            Attempt attempt =
                    folder.attemptFiles().findRestart(number, restarts).orElse(null);
            if (attempt != null && (attempt.number() == 1 || attempt.hasClearedFolder())) {
                return true;
            }
            if (folder.isMarkedAsDone()) {
                return false;
            }
            if (attempt != null && attempt.isMarkedAsFailed()) {
                throw new IOException("The process of rank 0 has ended before the task began; its log has the reason");
            }
            if (System.nanoTime() - start > patienceMillis * 1_000_000) {
                throw new IOException("The process of rank 0 has not begun after " + patienceMillis / 1000 + " s");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
