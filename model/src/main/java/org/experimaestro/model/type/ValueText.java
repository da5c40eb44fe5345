package org.experimaestro.model.type;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.generated.TypeDescriptor;

/**
 * The text of plain values, for errors. A configuration that contains others is named by its type. Its own text would
 * contain theirs, and configurations may be nested thousands of levels deep.
 */
public final class ValueText {
    private ValueText() {}

    /**
     * Returns the text of a value.
     *
     * @param value a value of a plan or a task
     * @return its own text, or the name of its type
     */
    public static String of(Object value) {
        if (value instanceof Configurable) {
            return ofConfiguration(value);
        }
        if (value instanceof Number number) {
            return DecimalText.of(number);
        }
        if (value instanceof Optional<?> optional && optional.orElse(null) instanceof Configurable) {
            return "an optional configuration";
        }
        Collection<?> elements = value instanceof Map<?, ?> map
                ? map.values()
                : value instanceof Collection<?> collection ? collection : null;
        if (elements != null) {
            for (Object element : elements) {
                if (element instanceof Configurable || element instanceof Collection || element instanceof Map) {
                    return "a collection of " + elements.size();
                }
            }
        }
        return String.valueOf(value);
    }

    private static String ofConfiguration(Object value) {
        if (!value.getClass().isAnnotationPresent(ConfigType.class)) {
            return value.getClass().getName();
        }
        TypeDescriptor<?> type = TypeDescriptors.of(value.getClass());
        for (int i = 0; i < type.size(); i++) {
            if (type.parameter(i).type().holdsConfigs()) {
                return type.typeId();
            }
        }
        return String.valueOf(value);
    }
}
