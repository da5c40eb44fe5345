package org.experimaestro.core.defaults;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.generated.ValueType;

/**
 * A type for {@link DefaultText}. During compilation there are no classes, only names. Therefore the annotation
 * processor implements this interface over the compiler's model, and {@link #of} over classes.
 */
public interface TextType {

    /**
     * Returns the kind of the type.
     *
     * @return the kind
     */
    ValueType.Kind kind();

    /**
     * Returns the type of the elements of a collection, of the values of a map, or of the value of an optional.
     *
     * @return the type; not called for other kinds
     */
    TextType element();

    /**
     * Returns the type of a map's keys.
     *
     * @return the type; not called for other kinds
     */
    TextType key();

    /**
     * Returns the names of an enum's constants.
     *
     * @return the names in the order of their declaration; not called for other kinds
     */
    List<String> constantNames();

    /**
     * Returns the value that represents an enum's constant.
     *
     * @param name one of {@link #constantNames}
     * @return the constant, or an object whose text is its name
     */
    Object constant(String name);

    /**
     * Returns a type whose classes are loaded.
     *
     * @param type the type
     * @return the same type
     */
    static TextType of(ValueType type) {
        return new LoadedType(type);
    }

    /**
     * A type whose classes are loaded.
     *
     * @param type the type
     */
    record LoadedType(ValueType type) implements TextType {
        @Override
        public ValueType.Kind kind() {
            return type.kind();
        }

        @Override
        public TextType element() {
            return new LoadedType(type.element());
        }

        @Override
        public TextType key() {
            return new LoadedType(type.key());
        }

        @Override
        public List<String> constantNames() {
            List<String> names = new ArrayList<>();
            for (Object constant : type.javaClass().getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return names;
        }

        @Override
        public Object constant(String name) {
            for (Object constant : type.javaClass().getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(name + " is no constant of " + type);
        }
    }
}
