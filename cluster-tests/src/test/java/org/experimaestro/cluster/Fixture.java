package org.experimaestro.cluster;

/** What is started for tests, and shared by them. */
interface Fixture extends AutoCloseable {
    /** Puts right what a test has broken. Does nothing when there was no trouble. */
    void repair();

    /** Ends what the tests of a class have left. */
    void clear();

    /** Ends it; nothing of it is left. */
    @Override
    void close();
}
