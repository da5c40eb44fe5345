package org.experimaestro.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Default;
import org.experimaestro.OneOf;
import org.experimaestro.Range;

/**
 * A description of a record class for settings.
 *
 * @param type the record class
 * @param components its components in order
 */
record RecordShape(Class<?> type, List<Component> components) {

    /**
     * A component.
     *
     * @param name its name in Java
     * @param key its name in YAML
     * @param type its generic type
     * @param defaultText the text of {@code @Default}, if it has one
     * @param constraints the limits of its values
     */
    record Component(String name, String key, Type type, Optional<String> defaultText, Constraints constraints) {
        boolean isOptional() {
            return Types.raw(type) == Optional.class;
        }
    }

    /** The shapes of classes, because Java reads the annotations of components again at each call. */
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(
                    type,
                    Arrays.stream(type.getRecordComponents())
                            .map(RecordShape::component)
                            .toList());
        }
    };

    /** Returns the description of a class: the same in each call. */
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Component component(RecordComponent component) {
        return new Component(
                component.getName(),
                KeyNames.keyOf(component.getName()),
                component.getGenericType(),
                defaultText(component),
                new Constraints(component.getAnnotation(Range.class), component.getAnnotation(OneOf.class)));
    }

    /**
     * Returns the text of the default; empty also for an optional whose default is absent, because that is the same.
     */
    private static Optional<String> defaultText(RecordComponent component) {
        boolean optional = component.getType() == Optional.class;
        return Optional.ofNullable(component.getAnnotation(Default.class))
                .map(Default::value)
                .filter(text -> !optional || !text.equals(Default.ABSENT));
    }

    List<String> keys() {
        return components.stream().map(Component::key).toList();
    }

    String name() {
        DisplayName called = type.getAnnotation(DisplayName.class);
        return called == null ? Texts.name(type) : called.value();
    }

    /** Returns the canonical constructor, made accessible. */
    Constructor<?> constructor() {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException exception) {
            // Every record class has a canonical constructor: Java Language Specification, section 8.10.4.
            throw new IllegalStateException(name() + " has no canonical constructor", exception);
        }
    }
}
