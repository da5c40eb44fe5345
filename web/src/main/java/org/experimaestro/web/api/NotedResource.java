package org.experimaestro.web.api;

import java.util.List;
import java.util.Map;
import org.experimaestro.web.http.Query;

/** The actions that were confirmed and wait, and the last ones that have waited. */
final class NotedResource implements Resource {
    /**
     * The answer.
     *
     * @param actions the actions in the order of their confirmation
     */
    record Answer(List<NotedAction> actions) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        return new Answer(monitored.notedActions());
    }
}
