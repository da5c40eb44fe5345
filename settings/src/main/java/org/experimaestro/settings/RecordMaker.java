package org.experimaestro.settings;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.settings.RecordShape.Component;
import org.experimaestro.settings.YamlValue.Mapping;

/** A caller of records' constructors, which finds the line that an exception of a constructor is about. */
final class RecordMaker {
    private static final int LONGEST_VALUES = 200;

    private RecordMaker() {}

    /**
     * Calls the record's constructor.
     *
     * @param shape the record class
     * @param map the map that has the values
     * @param arguments the values in the order of the components
     * @param path the key of the record; empty for the whole settings
     * @param problems receives the constructor's exception
     * @return the record; empty if its constructor refuses the values
     */
    static Optional<Object> make(
            RecordShape shape, Mapping map, List<Object> arguments, String path, Problems problems) {
        try {
            return Optional.of(shape.constructor().newInstance(arguments.toArray()));
        } catch (InvocationTargetException exception) {
            Throwable cause = Objects.requireNonNullElse(exception.getCause(), exception);
            if (cause instanceof Error error && !(error instanceof AssertionError)) {
                throw error;
            }
            problems.add(place(shape, map, cause), refusal(shape, arguments, path, cause), null, cause);
            return Optional.empty();
        } catch (InstantiationException | IllegalAccessException exception) {
            throw new IllegalStateException(shape.name() + " is a record that cannot be constructed", exception);
        }
    }

    private static String refusal(RecordShape shape, List<Object> arguments, String path, Throwable cause) {
        String values = IntStream.range(0, arguments.size())
                .mapToObj(i -> shape.components().get(i).key() + "=" + arguments.get(i))
                .collect(Collectors.joining(", "));
        String message = cause.getMessage();
        return "%s%s refuses %s: %s"
                .formatted(
                        path.isEmpty() ? "" : Texts.quote(path) + ": ",
                        shape.name(),
                        values.isEmpty() ? "its values" : Texts.shorten(values, LONGEST_VALUES),
                        message == null ? cause.getClass().getSimpleName() : message);
    }

    /*
     * Returns the line of the first component that the exception names, otherwise that of the record's first value.
     */
    private static Origin place(RecordShape shape, Mapping map, Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "");
        return shape.components().stream()
                .filter(component -> names(message, component.name()) || names(message, component.key()))
                .map(Component::key)
                .filter(map.entries()::containsKey)
                .findFirst()
                .map(key ->
                        Objects.requireNonNull(map.entries().get(key)).value().origin())
                .orElseGet(() -> firstPlace(map));
    }

    private static boolean names(String message, String component) {
        return Pattern.compile("\\b" + Pattern.quote(component) + "\\b")
                .matcher(message)
                .find();
    }

    private static Origin firstPlace(Mapping map) {
        boolean isTop = map.origin().equals(map.origin().source().whole());
        return isTop
                ? map.entries().values().stream()
                        .map(entry -> entry.key().origin())
                        .min(Origin::compareTo)
                        .orElse(map.origin())
                : map.origin();
    }
}
