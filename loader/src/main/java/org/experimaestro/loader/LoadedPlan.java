package org.experimaestro.loader;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/**
 * A plan, ready to run, and the type of its settings.
 *
 * @param plan a new plan
 * @param settings the record that the YAML file is bound to
 */
public record LoadedPlan(ExperimentPlan<?> plan, Class<?> settings) {

    /**
     * Creates a plan.
     *
     * @param className the binary name of its class
     * @param loader finds the class
     * @return the plan
     * @throws PlanException if the class does not exist, is not a plan, or its constructor fails
     */
    public static LoadedPlan of(String className, ClassLoader loader) {
        Class<?> type;
        try {
            type = Class.forName(className, true, loader);
        } catch (ClassNotFoundException missing) {
            throw PlanException.of("The plan's class " + className + " is not on its class path")
                    .cause(missing)
                    .build();
        } catch (LinkageError broken) {
            throw PlanException.of("The plan's class " + className + " cannot be loaded: " + broken)
                    .cause(broken)
                    .build();
        }
        return new LoadedPlan(newPlan(type), settingsOf(type));
    }

    private static ExperimentPlan<?> newPlan(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true); // a plan need not be public
            if (constructor.newInstance() instanceof ExperimentPlan<?> plan) {
                return plan;
            }
            throw PlanException.of("The class " + type.getName() + " is no plan")
                    .advice("let it implement ExperimentPlan")
                    .build();
        } catch (InvocationTargetException thrown) {
            throw PlanException.of("The constructor of the plan " + type.getName() + " failed: " + thrown.getCause())
                    .cause(thrown.getCause())
                    .build();
        } catch (ReflectiveOperationException missing) {
            throw PlanException.of("The plan " + type.getName() + " cannot be made: " + missing)
                    .advice("give it a constructor without arguments")
                    .cause(missing)
                    .build();
        }
    }

    private static Class<?> settingsOf(Class<?> plan) {
        Type settings = find(plan, new HashMap<>());
        if (settings instanceof Class<?> found) {
            return found;
        }
        throw PlanException.of("The plan " + plan.getName() + " does not name the record of its settings")
                .advice("let it implement ExperimentPlan<Settings>, with a record Settings")
                .build();
    }

    /** Follows the type argument of ExperimentPlan through superclasses and interfaces. */
    private static @Nullable Type find(@Nullable Type type, Map<TypeVariable<?>, Type> known) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            for (int i = 0; i < raw.getTypeParameters().length; i++) {
                Type argument = generic.getActualTypeArguments()[i];
                known.put(
                        raw.getTypeParameters()[i],
                        argument instanceof TypeVariable<?> variable
                                ? known.getOrDefault(variable, argument)
                                : argument);
            }
            return raw == ExperimentPlan.class ? known.get(raw.getTypeParameters()[0]) : findAbove(raw, known);
        }
        return type instanceof Class<?> raw ? findAbove(raw, known) : null;
    }

    private static @Nullable Type findAbove(Class<?> raw, Map<TypeVariable<?>, Type> known) {
        for (Type implemented : raw.getGenericInterfaces()) {
            Type found = find(implemented, known);
            if (found != null) {
                return found;
            }
        }
        return find(raw.getGenericSuperclass(), known);
    }
}
