package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as a file stores it, without its class.
 *
 * @param label its name in the file
 * @param typeId the type id
 * @param version the version of its type
 * @param className the binary name of its class
 * @param id its identifier
 * @param producer the task that makes it, as {@code type/identifier}, or {@code null}
 * @param parameters JSON values by name, in the order of the constructor; a text {@code @label} stands for another
 *     configuration of the file, if the type of the parameter allows one
 * @param tags the tags that were given to it or to its values
 * @param tagsStay whether its tags are not inherited by configurations that use it
 * @param inits the init tasks of a task, as {@code @label}, in their order
 * @param counts whether it counts where it is used; empty if its parameter decides
 */
public record StoredConfiguration(
        String label,
        String typeId,
        int version,
        String className,
        ConfigId id,
        @Nullable String producer,
        Map<String, @Nullable Object> parameters,
        Map<String, Object> tags,
        boolean tagsStay,
        List<String> inits,
        Optional<Boolean> counts) {
    /** Copies the list. */
    public StoredConfiguration {
        inits = List.copyOf(inits);
    }

    /**
     * Returns whether this is a task that is its own output.
     *
     * @return true if the producer has this identifier
     */
    public boolean isProducedByItself() {
        return producer != null && producer.endsWith("/" + id);
    }

    /**
     * Returns whether it counts nowhere, because the plan says so.
     *
     * @return false if its parameter decides
     */
    public boolean isLeftOut() {
        return !counts.orElse(true);
    }

    /**
     * Returns a short name.
     *
     * @return the type id and the first eight digits of the identifier
     */
    public String shortName() {
        return typeId + "/" + id.toString().substring(0, ShortIdentifiers.LEAST_DIGITS);
    }
}
