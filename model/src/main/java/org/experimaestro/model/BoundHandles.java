package org.experimaestro.model;

import java.util.Collection;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** A walk over the handles inside a bound value. */
public final class BoundHandles {

    /** A receiver of the handles. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called for each handle.
         *
         * @param config the handle
         */
        void visit(Config<?> config);
    }

    private BoundHandles() {}

    /**
     * Visits the handles inside a bound value, in order, and none inside those.
     *
     * @param type the value's type
     * @param bound the value
     * @param visitor called for each handle
     */
    public static void forEach(ValueType type, @Nullable Object bound, Visitor visitor) {
        if (bound == null || !type.holdsConfigs()) {
            return;
        }
        switch (type.kind()) {
            case CONFIG -> visitor.visit((Config<?>) bound);
            case OPTIONAL -> forEach(type.element(), bound, visitor);
            case MAP -> forEachOf(type.element(), ((Map<?, ?>) bound).values(), visitor);
            default -> forEachOf(type.element(), (Collection<?>) bound, visitor);
        }
    }

    private static void forEachOf(ValueType type, Collection<?> elements, Visitor visitor) {
        for (Object element : elements) {
            forEach(type, element, visitor);
        }
    }
}
