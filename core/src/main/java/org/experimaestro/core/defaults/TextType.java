package org.experimaestro.core.defaults;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.generated.ValueType;

/**
 * What {@link DefaultText} needs to know of a type. While a program is compiled there are no classes, only names: the
 * annotation processor implements this over the compiler's model, and {@link #of} over classes.
 */
public interface TextType {

    /**
     * The shape.
     *
     * @return the kind
     */
    ValueType.Kind kind();

    /**
     * The type of the elements of a collection, of a map's values, or of what an optional holds.
     *
     * @return the type; never asked for with other kinds
     */
    TextType element();

    /**
     * The type of a map's keys.
     *
     * @return the type; never asked for with other kinds
     */
    TextType key();

    /**
     * The names of an enum's constants.
     *
     * @return the names in the order of their declaration; never asked for with other kinds
     */
    List<String> constantNames();

    /**
     * What stands for an enum's constant in the values read.
     *
     * @param name one of {@link #constantNames}
     * @return the constant, or something whose text is its name
     */
    Object constant(String name);

    /**
     * A type whose classes are loaded.
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
