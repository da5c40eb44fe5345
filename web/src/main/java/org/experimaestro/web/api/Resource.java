package org.experimaestro.web.api;

import java.io.IOException;
import java.util.Map;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/** A kind of question about a workspace, and its answer. Thread-safe. */
@FunctionalInterface
public interface Resource {
    /**
     * Answers a question.
     *
     * @param monitored the workspace
     * @param path the segments of the path that the resource's pattern names
     * @param query the parameters
     * @return a record of the wire, see {@link WireJson}
     * @throws HttpProblem if the question is wrong, or its subject does not exist
     * @throws IOException if files cannot be read
     */
    Record answer(Monitored monitored, Map<String, String> path, Query query) throws IOException;

    /**
     * Returns whether no stream answers its questions.
     *
     * @return true if each question is a request of its own
     */
    default boolean isAlone() {
        return false;
    }
}
