package org.experimaestro.model.type;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Task;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.CollectionOrder;
import org.experimaestro.base.text.NameCharset;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * A converter from a builder's values to bound values: boxes of the exact type, handles for configurations, copies of
 * collections, {@code null} for an absent optional.
 *
 * <p>Values with one identifier become one value: −0.0 becomes 0.0, and sets and maps get the order of their
 * encodings. Therefore a task that iterates over them behaves the same for every order in the plan.
 */
public final class Binder {
    private final TypeDescriptor<?> owner;
    private final Parameter parameter;

    private Binder(TypeDescriptor<?> owner, Parameter parameter) {
        this.owner = owner;
        this.parameter = parameter;
    }

    /**
     * Binds a value.
     *
     * @param owner the type whose parameter is set, for errors
     * @param parameter the parameter
     * @param value the value: scalars, {@code Config} handles, {@code Optional}, lists, sets and maps of them
     * @return the bound value
     * @throws ConfigException if the value does not fit
     */
    public static @Nullable Object bind(TypeDescriptor<?> owner, Parameter parameter, @Nullable Object value) {
        return new Binder(owner, parameter).bind(parameter.type(), value);
    }

    private @Nullable Object bind(ValueType type, @Nullable Object value) {
        if (value == null) {
            throw problem("is null", "leave it unset, or use an Optional parameter");
        }
        return switch (type.kind()) {
            case OPTIONAL -> {
                Object content = value instanceof Optional<?> optional ? optional.orElse(null) : value;
                yield content == null ? null : bind(type.element(), content);
            }
            case LIST -> bindList(type, value);
            case SET -> bindSet(type, value);
            case MAP -> bindMap(type, value);
            case CONFIG -> bindConfig(type, value);
            default -> bindScalar(type, value);
        };
    }

    private Object bindScalar(ValueType type, Object value) {
        if (value instanceof Number number && Number.class.isAssignableFrom(type.javaClass())) {
            Number exact = Numbers.exact(number, type.kind());
            if (exact == null) {
                throw mismatch(type, value);
            }
            return withoutNegativeZero(exact);
        }
        if (!type.javaClass().isInstance(value)) {
            throw mismatch(type, value);
        }
        if (value instanceof RootedPath) {
            return value;
        }
        if (value instanceof Path path) {
            return readable(PlanFolder.resolve(ofDefaultFileSystem(path)));
        }
        return value instanceof String text ? wellFormed(text) : value;
    }

    private static Number withoutNegativeZero(Number number) {
        if (number instanceof Double && number.doubleValue() == 0) {
            return 0.0;
        }
        return number instanceof Float && number.floatValue() == 0 ? (Number) 0.0f : number;
    }

    /**
     * Returns the path if it is in the default file system. A job gets a path as text, which cannot name another file
     * system.
     */
    private Path ofDefaultFileSystem(Path path) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw problem(
                    "is " + path.toUri() + ", which is in a file system that a job does not have",
                    "pass the path of a file or folder of this machine");
        }
        return path;
    }

    /** Returns the path if its text can be read back, because the identifier and the job have the path as text. */
    private Path readable(Path path) {
        if (!NameCharset.isText(path)) {
            throw problem(
                    "is " + path + ", whose name is no text in the charset of this process, " + NameCharset.name(),
                    NameCharset.isUtf8() ? "rename the file or folder" : NameCharset.ADVICE);
        }
        return path;
    }

    /**
     * Returns the text if it is well-formed. UTF-8 cannot encode half of a surrogate pair, so two such strings would
     * share an identifier.
     */
    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw problem("has half of a surrogate pair at position " + i, "pass well-formed Unicode text");
                }
                i++;
            }
        }
        return text;
    }

    private Object bindConfig(ValueType type, Object value) {
        if (!(value instanceof Config)) {
            throw problem(
                    "is a " + value.getClass().getSimpleName() + ", not a Config<" + type + ">",
                    "pass the handle that build() or submit() returned, or Config.of(value)");
        }
        Handle<?> handle = Handle.of((Config<?>) value);
        TypeDescriptor<?> found = handle.descriptor();
        if (found == null) {
            throw problem(
                    "is a collection, not a " + type,
                    "take its parts with Config.elements, Config.entries or Config.present");
        }
        if (!type.javaClass().isAssignableFrom(found.javaClass())) {
            throw problem("is a " + found + ", not a " + type, null);
        }
        if (!handle.isMade() && Task.class.isAssignableFrom(found.javaClass())) {
            throw problem(
                    "is the task " + found + ", which was not submitted",
                    "submit it first, and pass what submit returns");
        }
        return value;
    }

    private Object bindList(ValueType type, Object value) {
        if (!(value instanceof Collection<?> collection)) {
            throw mismatch(type, value);
        }
        if (!CollectionOrder.isDefined(collection)) {
            // A different order in each process would give a different identifier in each.
            throw problem(
                    "is of type " + nameOf(value.getClass())
                            + ", of which it is not known that its elements have an order, and not a " + type,
                    "make a list in the order that is meant, such as "
                            + "values.stream().sorted(Comparator.comparing(…)).toList()");
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (Object element : collection) {
            list.add(bind(type.element(), element));
        }
        return Collections.unmodifiableList(list);
    }

    private Object bindSet(ValueType type, Object value) {
        if (!(value instanceof Collection)) {
            throw mismatch(type, value);
        }
        TreeMap<byte[], @Nullable Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Object element : (Collection<?>) value) {
            Object bound = bind(type.element(), element);
            sorted.putIfAbsent(Encoder.encode(type.element(), bound), bound);
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted.values()));
    }

    private Object bindMap(ValueType type, Object value) {
        if (!(value instanceof Map)) {
            throw mismatch(type, value);
        }
        TreeMap<byte[], Object[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            Object key = bind(type.key(), entry.getKey());
            sorted.put(
                    Encoder.encode(type.key(), key),
                    new @Nullable Object[] {key, bind(type.element(), entry.getValue())});
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Object[] entry : sorted.values()) {
            map.put(entry[0], entry[1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Returns a readable name of a class, because the library's collections are nested classes with short simple
     * names.
     */
    private static String nameOf(Class<?> type) {
        if (type.isAnonymousClass()) {
            Class<?>[] interfaces = type.getInterfaces();
            return nameOf(interfaces.length == 0 ? type.getSuperclass() : interfaces[0]);
        }
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private ConfigException mismatch(ValueType type, Object value) {
        return problem(
                "is " + ValueText.of(value) + " (" + value.getClass().getSimpleName()
                        + "), which is not exactly a value of type " + type,
                null);
    }

    private ConfigException problem(String text, @Nullable String suggestion) {
        return ConfigException.of("Parameter " + parameter.name() + " of " + owner + " " + text)
                .at(PlanLine.current())
                .advice(suggestion)
                .build();
    }
}
