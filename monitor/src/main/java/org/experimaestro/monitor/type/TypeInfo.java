package org.experimaestro.monitor.type;

import java.util.List;
import java.util.Optional;

/**
 * A description of a configuration type, read without its class.
 *
 * @param typeId the type id
 * @param className the binary name of its class
 * @param version the version that enters its identifiers, from 1
 * @param isTask whether it can be submitted
 * @param description its documentation in the source; may be empty
 * @param parameters the parameters in the order of the constructor
 */
public record TypeInfo(
        String typeId,
        String className,
        int version,
        boolean isTask,
        String description,
        List<ParameterInfo> parameters) {

    /**
     * Returns the name of the class without its package and enclosing classes.
     *
     * @return the last part of the binary name
     */
    public String simpleName() {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /**
     * Finds a parameter.
     *
     * @param name the parameter's name
     * @return empty if there is none
     */
    public Optional<ParameterInfo> findParameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }
}
