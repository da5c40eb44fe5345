package org.experimaestro.core.serial;

import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.model.ContainerNode;
import org.experimaestro.model.Node;

/** A converter of collections of configurations to the form in which they are saved. */
final class Containers {
    private Containers() {}

    /** Returns the handles in a handle of a collection; an optional becomes a list of at most one. */
    static Object content(Config<?> config) {
        if (!(Node.of(config) instanceof ContainerNode<?> container)) {
            throw ConfigException.of(config + " is not a collection").build();
        }
        Object content = container.content();
        if (content == null) {
            return List.of();
        }
        return content instanceof Iterable<?> || content instanceof Map<?, ?> ? content : List.of(content);
    }
}
