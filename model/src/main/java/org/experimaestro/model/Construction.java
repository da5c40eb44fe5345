package org.experimaestro.model;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.ValueText;
import org.jspecify.annotations.Nullable;

/** A caller of constructors, which checks that each constructor keeps its arguments. */
final class Construction {
    private Construction() {}

    /**
     * Creates a value.
     *
     * @throws ConfigException if the constructor refuses an argument, or replaces a configuration by another
     */
    static <T> T of(TypeDescriptor<T> type, @Nullable Object[] arguments) {
        T value;
        try {
            value = type.construct(arguments);
        } catch (ConfigException ours) {
            throw ours;
        } catch (Exception refused) {
            throw refusal(type, arguments, refused);
        }
        for (int i = 0; i < arguments.length; i++) {
            ValueType parameter = type.parameter(i).type();
            if (parameter.holdsConfigs() && !isSame(parameter, arguments[i], type.read(value, i))) {
                throw ConfigException.of(
                                "The constructor of " + type + " put something else in the place of its parameter "
                                        + type.parameter(i).name())
                        .at(PlanLine.current())
                        .advice(
                                "keep the configurations that the constructor is given: tags and dependencies belong to them")
                        .build();
            }
        }
        return value;
    }

    private static ConfigException refusal(TypeDescriptor<?> type, @Nullable Object[] arguments, Exception refused) {
        String reason = refused.getMessage() == null ? refused.toString() : refused.getMessage();
        StringBuilder culprits = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            String name = type.parameter(i).name();
            ValueType parameter = type.parameter(i).type();
            // A configuration is named by its type, because its text with everything below it could fill pages.
            String pair = name + " = " + (parameter.holdsConfigs() ? "(a " + parameter + ")" : text(arguments[i]));
            values.append(values.length() == 0 ? "" : ", ").append(pair);
            if (mentions(reason, name)) {
                culprits.append(culprits.length() == 0 ? "" : ", ").append(pair);
            }
        }
        return ConfigException.of("Cannot build " + type + " with " + (culprits.length() == 0 ? values : culprits)
                        + ": " + reason)
                .at(PlanLine.current())
                .advice(RootedPath.advice(refused))
                .cause(refused)
                .build();
    }

    private static String text(@Nullable Object argument) {
        return argument == null ? "null" : ValueText.of(argument);
    }

    private static boolean mentions(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean starts = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            if (starts && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // a configuration must be the same object that was passed
    private static boolean isSame(ValueType type, @Nullable Object given, @Nullable Object kept) {
        if (given == kept) {
            return true;
        }
        if (given == null || kept == null) {
            return false;
        }
        return switch (type.kind()) {
            case OPTIONAL ->
                isSame(
                        type.element(),
                        ((Optional<?>) given).orElse(null),
                        kept instanceof Optional<?> optional ? optional.orElse(null) : null);
            case LIST -> kept instanceof Collection<?> list && isSameList(type.element(), (Collection<?>) given, list);
            case SET ->
                kept instanceof Collection<?> set
                        && identities((Collection<?>) given).equals(identities(set));
            case MAP -> kept instanceof Map<?, ?> map && isSameMap(type.element(), (Map<?, ?>) given, map);
            default -> false;
        };
    }

    private static boolean isSameList(ValueType type, Collection<?> given, Collection<?> kept) {
        if (given.size() != kept.size()) {
            return false;
        }
        Iterator<?> others = kept.iterator();
        for (Object element : given) {
            if (!isSame(type, element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameMap(ValueType type, Map<?, ?> given, Map<?, ?> kept) {
        if (given.size() != kept.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            if (!isSame(type, entry.getValue(), kept.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static Set<Object> identities(Collection<?> objects) {
        Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(objects);
        return identities;
    }
}
