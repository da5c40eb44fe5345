package org.experimaestro.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** A walk over the paths inside a bound value. */
public final class BoundPaths {

    /** A receiver of the paths. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called for each path.
         *
         * @param path the path
         */
        void visit(Path path);
    }

    private BoundPaths() {}

    /**
     * Visits the paths inside a bound value, in order, and none inside configurations.
     *
     * @param type the value's type
     * @param bound the value
     * @param visitor called for each path
     */
    public static void forEach(ValueType type, @Nullable Object bound, Visitor visitor) {
        if (bound == null) {
            return;
        }
        switch (type.kind()) {
            case PATH -> visitor.visit((Path) bound);
            case OPTIONAL -> forEach(type.element(), bound, visitor);
            case LIST, SET -> ((Collection<?>) bound).forEach(element -> forEach(type.element(), element, visitor));
            case MAP -> ((Map<?, ?>) bound).values().forEach(element -> forEach(type.element(), element, visitor));
            default -> {} // no other value has paths
        }
    }
}
