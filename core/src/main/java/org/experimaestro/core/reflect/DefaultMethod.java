package org.experimaestro.core.reflect;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/** A search for the static method that {@code @DefaultFrom} names. */
final class DefaultMethod {
    private final Class<?> owner;
    private final Component component;
    private final ClassProblems problems;

    DefaultMethod(Class<?> owner, Component component, ClassProblems problems) {
        this.owner = owner;
        this.component = component;
        this.problems = problems;
    }

    /** Finds the method and makes it accessible; returns {@code null} after a problem. */
    @Nullable
    Method find(String methodName) {
        List<String> others = new ArrayList<>();
        String flaw = null;
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(methodName)) {
                flaw = flaw(method);
                if (flaw == null && method.trySetAccessible()) {
                    return method;
                }
            } else if (Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
                others.add(method.getName());
            }
        }
        String near = NearName.advice(methodName, others)
                .map(question -> question + " Else write ")
                .orElse("write ");
        refuse(
                flaw == null
                        ? "there is no method " + methodName + " in " + owner.getSimpleName() + "; " + near
                        : "the method " + methodName + " " + flaw + "; write ",
                methodName);
        return null;
    }

    private @Nullable String flaw(Method method) {
        if (!Modifier.isStatic(method.getModifiers())) {
            return "is not static";
        }
        if (Modifier.isPrivate(method.getModifiers())) {
            return "is private";
        }
        if (method.getParameterCount() > 0) {
            return "has parameters";
        }
        for (Class<?> thrown : method.getExceptionTypes()) {
            if (!RuntimeException.class.isAssignableFrom(thrown) && !Error.class.isAssignableFrom(thrown)) {
                return "throws " + thrown.getSimpleName();
            }
        }
        return returnsHandle(method.getGenericReturnType())
                ? null
                : "returns " + ClassProblems.name(method.getGenericReturnType());
    }

    private boolean returnsHandle(Type returned) {
        return returned instanceof ParameterizedType generic
                && generic.getRawType() == Config.class
                && ValueTypes.erase(component.type())
                        .isAssignableFrom(ValueTypes.erase(generic.getActualTypeArguments()[0]));
    }

    private void refuse(String problem, String methodName) {
        problems.add("the default of " + component.name() + " cannot be made: " + problem + "static Config<"
                + ClassProblems.name(component.type()) + "> " + methodName + "() in it");
    }
}
