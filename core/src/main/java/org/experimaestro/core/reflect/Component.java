package org.experimaestro.core.reflect;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as a class declares it: a record component, or a parameter of the marked constructor.
 *
 * @param name its name
 * @param type its type as declared
 * @param element the element that has its annotations
 * @param accessor the method that returns its value
 */
record Component(String name, Type type, AnnotatedElement element, Method accessor) {

    boolean has(Class<? extends Annotation> annotation) {
        return element.isAnnotationPresent(annotation);
    }

    <A extends Annotation> @Nullable A find(Class<A> annotation) {
        return element.getAnnotation(annotation);
    }
}
