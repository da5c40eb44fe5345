package org.experimaestro.workspace;

import java.util.Map;
import org.experimaestro.core.json.JsonObject;

/**
 * The origin of an attempt, for people who read its record: where it was to run, and why it was made. Immutable.
 *
 * @param place the launcher with its partition and host, such as {@code cluster, partition long}; may be empty
 * @param asked the requirement that was asked of the launcher, such as {@code cpu(mem=16G)}; empty if there was none
 * @param retry the decision of the run that made the attempt after a failure, such as {@code attempt 2 of 4, memory 8G →
 *     16G}; empty for an attempt that was no retry
 */
public record AttemptOrigin(String place, String asked, String retry) {
    /** The origin of an attempt of which nothing is recorded. */
    public static final AttemptOrigin UNKNOWN = new AttemptOrigin("", "", "");

    private static final String PLACE = "place";
    private static final String ASKED = "asked";
    private static final String RETRY = "retry";

    void addTo(Map<String, Object> json) {
        add(json, PLACE, place);
        add(json, ASKED, asked);
        add(json, RETRY, retry);
    }

    private static void add(Map<String, Object> json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    static AttemptOrigin of(JsonObject attempt) {
        return new AttemptOrigin(
                attempt.optionalString(PLACE).orElse(""),
                attempt.optionalString(ASKED).orElse(""),
                attempt.optionalString(RETRY).orElse(""));
    }
}
