package org.experimaestro.disturbance;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** What happens around an operation: another process acts, or the operation's answer is lost. */
public interface Disturbance {

    /**
     * Called before an operation.
     *
     * @param operation the operation
     * @param path its path, in the file system that is not disturbed
     * @throws IOException instead of the operation
     */
    default void before(Operation operation, Path path) throws IOException {}

    /**
     * Called after an operation, whether it succeeded or not.
     *
     * @param operation the operation
     * @param path its path, in the file system that is not disturbed
     * @throws IOException in the place of the operation's answer
     */
    default void after(Operation operation, Path path) throws IOException {}

    /**
     * Returns the place in which the file system looks for a path.
     *
     * @param path the path of an operation, in the file system that is not disturbed
     * @return the place, which is then the path of the operation; by default the same
     */
    default Path place(Path path) {
        return path;
    }

    /**
     * Returns what the file system tells of a file that is there.
     *
     * @param path its path, in the file system that is not disturbed
     * @param attributes the true attributes
     * @return the attributes that the caller gets, which are of the same kind; by default the true ones
     */
    default BasicFileAttributes seen(Path path, BasicFileAttributes attributes) {
        return attributes;
    }

    /** An act of another process at a moment. */
    interface Act {
        /**
         * Acts.
         *
         * @param path the operation's path
         * @throws IOException if it fails, or in the place of the operation's answer
         */
        void on(Path path) throws IOException;
    }

    /**
     * Acts once, before the first operation of its kind.
     *
     * @param operation the operation
     * @param paths its paths
     * @param act what is done
     * @return the disturbance
     */
    static Disturbance onceBefore(Operation operation, Predicate<Path> paths, Act act) {
        return new Once(operation, paths, act, true);
    }

    /**
     * Acts once, after the first operation of its kind.
     *
     * @param operation the operation
     * @param paths its paths
     * @param act what is done
     * @return the disturbance
     */
    static Disturbance onceAfter(Operation operation, Predicate<Path> paths, Act act) {
        return new Once(operation, paths, act, false);
    }
}
