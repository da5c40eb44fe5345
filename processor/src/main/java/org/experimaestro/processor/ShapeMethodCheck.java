package org.experimaestro.processor;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.FormerShape;
import org.jspecify.annotations.Nullable;

/** A check of the methods that convert former shapes of a type. */
final class ShapeMethodCheck {
    private ShapeMethodCheck() {}

    static void check(TypeElement type, Language language, CompilationProblems problems) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (method.getAnnotation(FormerShape.class) != null && !isConversion(method, type, language)) {
                problems.add(
                        method,
                        "The conversion " + method.getSimpleName()
                                + " is no static method from the handle of a configuration type to a handle of "
                                + type.getSimpleName() + "; write it as: static Config<" + type.getSimpleName()
                                + "> of(Config<OldShape> former)");
            }
        }
    }

    private static boolean isConversion(ExecutableElement method, TypeElement type, Language language) {
        TypeElement made = typeOfHandle(method.getReturnType(), language);
        TypeElement former = method.getParameters().size() == 1
                ? typeOfHandle(method.getParameters().get(0).asType(), language)
                : null;
        return method.getModifiers().contains(Modifier.STATIC)
                && type.equals(made)
                && former != null
                && former.getAnnotation(ConfigType.class) != null;
    }

    /** Returns the class T of {@code Config<T>}; {@code null} for another type. */
    private static @Nullable TypeElement typeOfHandle(TypeMirror handle, Language language) {
        if (!language.isExactly(handle, Config.class)
                || !(handle instanceof DeclaredType declared)
                || declared.getTypeArguments().size() != 1
                || !(declared.getTypeArguments().get(0) instanceof DeclaredType argument)) {
            return null;
        }
        return (TypeElement) argument.asElement();
    }
}
