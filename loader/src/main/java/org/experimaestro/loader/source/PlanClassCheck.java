package org.experimaestro.loader.source;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;

/** A check that a named class exists and can be used as a plan; it runs no code of the class. */
final class PlanClassCheck {
    private final ClassLoader loader;
    private final String place;

    /**
     * Creates a check.
     *
     * @param loader sees the plan and our api
     * @param place the place where the class was searched, for messages
     */
    PlanClassCheck(ClassLoader loader, String place) {
        this.loader = loader;
        this.place = place;
    }

    /**
     * Returns the binary name of the plan.
     *
     * @param className binary name, or as Java writes it
     * @param plans returns the names of the existing plans; called if there is no such class
     * @throws PlanException if the class does not exist or cannot be used
     */
    String binaryName(String className, Supplier<Collection<String>> plans) {
        Class<?> type = find(className)
                .orElseThrow(() -> PlanException.of("Cannot find the plan class " + className + " in " + place)
                        .advice(NameAdvice.suggestion(className, plans.get(), "plans there"))
                        .build());
        if (!ExperimentPlan.class.isAssignableFrom(type)) {
            throw unusable(
                    className,
                    "it does not implement ExperimentPlan",
                    NameAdvice.suggestion(className, plans.get(), "plans there"));
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw unusable(className, "it is abstract", "name a class that extends it");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            throw unusable(className, "it is an inner class", "make it static");
        }
        if (type.isEnum() || !hasPlainConstructor(type)) {
            throw unusable(
                    className,
                    "it has no constructor without arguments",
                    "add one; what the plan needs to know goes into its settings");
        }
        return type.getName();
    }

    /** Returns whether a class exists that can be used as a plan; a class whose own libraries are missing cannot. */
    boolean isPlan(String binaryName) {
        try {
            Class<?> type = Class.forName(binaryName, false, loader);
            return ExperimentPlan.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Finds a class: {@code com.acme.Outer.Plan} is {@code com.acme.Outer$Plan} if there is no package of that name.
     */
    private Optional<Class<?>> find(String className) {
        String name = className;
        while (true) {
            try {
                return Optional.of(Class.forName(name, false, loader));
            } catch (ClassNotFoundException e) {
                int dot = name.lastIndexOf('.');
                if (dot < 0) {
                    return Optional.empty();
                }
                name = name.substring(0, dot) + "$" + name.substring(dot + 1);
            } catch (LinkageError e) {
                throw PlanException.of("Cannot load the plan class " + name + " from " + place + ": " + e)
                        .advice("a library that it needs is missing, or is of another version")
                        .cause(e)
                        .build();
            }
        }
    }

    private static boolean hasPlainConstructor(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .mapToInt(Constructor::getParameterCount)
                .anyMatch(count -> count == 0);
    }

    private static PlanException unusable(String className, String problem, String mend) {
        return PlanException.of("Cannot use " + className + " as the plan: " + problem)
                .advice(mend)
                .build();
    }
}
