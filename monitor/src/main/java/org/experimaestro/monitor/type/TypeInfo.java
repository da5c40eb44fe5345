package org.experimaestro.monitor.type;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a configuration type without its class.
 *
 * @param typeId its type id
 * @param className the binary name of its class
 * @param version the version that enters its identifiers
 * @param isTask whether it can be submitted
 * @param description what it is, or an empty text
 * @param parameters in the order of the constructor
 */
public record TypeInfo(
        String typeId,
        String className,
        int version,
        boolean isTask,
        String description,
        List<ParameterInfo> parameters) {

    /**
     * The name of its class without package and enclosing classes.
     *
     * @return the last part of the binary name
     */
    public String simpleName() {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /**
     * Finds a parameter.
     *
     * @param name its name
     * @return empty if there is none
     */
    public Optional<ParameterInfo> findParameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }
}
