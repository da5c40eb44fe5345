package org.experimaestro.cli.job;

import java.io.IOException;

/** A JVM that waits for the end of its input. Behind its own name it takes the words of a job's command line. */
final class SleepingJvm {
    private SleepingJvm() {}

    /**
     * Waits.
     *
     * @param words words that have no meaning
     * @throws IOException if the input cannot be read
     */
    public static void main(String[] words) throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the end
        }
    }
}
