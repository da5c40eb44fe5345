package org.experimaestro.core.reflect;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.jspecify.annotations.Nullable;

/** A check of the declared outputs of a task. */
final class TaskClassCheck {
    private static final Set<Class<?>> CONTAINERS = Set.of(List.class, Set.class, Optional.class, Map.class);

    private final Class<?> owner;
    private final ClassProblems problems;

    TaskClassCheck(Class<?> owner, ClassProblems problems) {
        this.owner = owner;
        this.problems = problems;
    }

    void check() {
        if (SelfTask.class.isAssignableFrom(owner)) {
            Type self = argumentOf(owner, SelfTask.class);
            if (self == null || ValueTypes.erase(self) != owner) {
                problems.add("SelfTask must name the class itself; write " + selfTask());
            }
        } else if (Task.class.isAssignableFrom(owner)) {
            Type output = argumentOf(owner, Task.class);
            if (output == null) {
                problems.add(
                        "it is a task that does not say what it makes; write Task<…> with a configuration type, or "
                                + selfTask());
            } else {
                checkOutput(output);
            }
        }
    }

    private void checkOutput(Type output) {
        Class<?> raw = ValueTypes.erase(output);
        if (CONTAINERS.contains(raw) && output instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            checkOutput(arguments[arguments.length - 1]);
        } else if (!Configurable.class.isAssignableFrom(raw)) {
            problems.add("it is a task that makes a " + ClassProblems.name(output)
                    + ", which is no configuration type; let it"
                    + " make a record with the paths of its files, or a List, Set, Map or Optional of such, or "
                    + selfTask());
        } else if (Modifier.isFinal(raw.getModifiers()) && !raw.isAnnotationPresent(ConfigType.class)) {
            problems.add("it is a task that makes a " + ClassProblems.name(output)
                    + ", which is no configuration type; annotate it with @ConfigType");
        }
    }

    /**
     * Returns the type argument that a class gives to a generic interface, at any distance above it; null if the
     * interface is raw.
     */
    private static @Nullable Type argumentOf(Class<?> from, Class<?> wanted) {
        if (from == wanted) {
            return wanted.getTypeParameters()[0];
        }
        for (Type above : supertypes(from)) {
            Class<?> raw = ValueTypes.erase(above);
            Type found = wanted.isAssignableFrom(raw) ? argumentOf(raw, wanted) : null;
            if (found instanceof TypeVariable<?> variable) {
                return argumentFor(variable, above, raw);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Type argumentFor(TypeVariable<?> variable, Type above, Class<?> raw) {
        if (!(above instanceof ParameterizedType generic)) {
            return null;
        }
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
            if (raw.getTypeParameters()[i].equals(variable)) {
                return generic.getActualTypeArguments()[i];
            }
        }
        return null;
    }

    private static List<Type> supertypes(Class<?> type) {
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        return supertypes;
    }

    private String selfTask() {
        return "implements SelfTask<" + owner.getSimpleName() + "> if it is its own output";
    }
}
