package org.experimaestro.core.reflect;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * One parameter as a class declares it: a record component, or a parameter of the marked constructor.
 *
 * @param name its name
 * @param type its type as declared
 * @param element what bears its annotations
 * @param accessor the method that gives its value back
 */
record Component(String name, Type type, AnnotatedElement element, Method accessor) {

    boolean has(Class<? extends Annotation> annotation) {
        return element.isAnnotationPresent(annotation);
    }

    <A extends Annotation> @Nullable A find(Class<A> annotation) {
        return element.getAnnotation(annotation);
    }
}
