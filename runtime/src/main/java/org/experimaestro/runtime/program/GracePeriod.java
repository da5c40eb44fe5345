package org.experimaestro.runtime.program;

import org.experimaestro.base.process.JobVariables;

/** The time that the task of this process has to clean up after a request to end. */
public final class GracePeriod {
    private static final long MILLIS = 20_000;

    private GracePeriod() {}

    /**
     * Returns the time by the variable {@link JobVariables#GRACE}.
     *
     * @return milliseconds; 20 seconds if the variable is not set, or is no number
     */
    public static long millis() {
        String seconds = System.getenv(JobVariables.GRACE);
        try {
            return seconds == null || seconds.isEmpty() ? MILLIS : Math.multiplyExact(Long.parseLong(seconds), 1000L);
        } catch (NumberFormatException | ArithmeticException unusable) {
            return MILLIS;
        }
    }
}
