package org.experimaestro.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that a run has prepared, as the run's description has it; docs/workspace.md describes the members.
 * Immutable.
 *
 * @param name its name, {@code type/identifier}
 * @param state the state of its prepare step: {@code running}, {@code done}, {@code failed} or {@code skipped}
 * @param seconds the time that the step took; 0 before its end
 * @param message the reason of a failure; empty if there is none
 */
public record PreparedConfig(String name, String state, double seconds, String message) {
    /** The member of the description with the prepared configurations; absent if there are none. */
    public static final String MEMBER = "prepared";

    /** The state of a step that has not ended, or whose run was killed. */
    public static final String RUNNING = "running";

    /** The state of a step that has failed. */
    public static final String FAILED = "failed";

    private static final String CONFIGURATION = "configuration";
    private static final String STATE = "state";
    private static final String SECONDS = "seconds";
    private static final String MESSAGE = "message";

    /**
     * Returns the configuration as a member of a run's description.
     *
     * @return plain JSON values
     */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(CONFIGURATION, name);
        json.put(STATE, state);
        json.put(SECONDS, seconds);
        if (!message.isEmpty()) {
            json.put(MESSAGE, message);
        }
        return json;
    }

    /**
     * Reads the prepared configurations of a run.
     *
     * @param description the members of its description, in which others may have written anything
     * @return the configurations in the order of their steps' starts; without those that cannot be read
     */
    public static List<PreparedConfig> of(Map<String, ?> description) {
        List<PreparedConfig> found = new ArrayList<>();
        if (description.get(MEMBER) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> json
                        && json.get(CONFIGURATION) instanceof String name
                        && json.get(STATE) instanceof String state) {
                    found.add(new PreparedConfig(name, state, number(json.get(SECONDS)), text(json.get(MESSAGE))));
                }
            }
        }
        return found;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
