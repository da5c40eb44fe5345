package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * The compiler's view of the program that is being compiled.
 *
 * @param elements the compiler's elements
 * @param types the compiler's types
 */
record Language(Elements elements, Types types) {

    /** Returns whether a type is, or extends, a class of ours or of the JDK, ignoring type arguments. */
    boolean isA(TypeMirror type, Class<?> expected) {
        TypeElement element = elements.getTypeElement(expected.getCanonicalName());
        return element != null && types.isAssignable(types.erasure(type), types.erasure(element.asType()));
    }

    /** Returns whether a type is exactly this class, ignoring type arguments. */
    boolean isExactly(TypeMirror type, Class<?> expected) {
        return type instanceof DeclaredType declared
                && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(expected.getCanonicalName());
    }

    /** Returns the class of a declared type, erased. */
    TypeElement elementOf(TypeMirror type) {
        return (TypeElement) Objects.requireNonNull(types.asElement(types.erasure(type)));
    }

    /** Returns the form in which a type extends or implements a class, or {@code null} if it does not. */
    @Nullable
    DeclaredType findSupertype(TypeMirror type, Class<?> wanted) {
        if (isExactly(type, wanted)) {
            return (DeclaredType) type;
        }
        for (TypeMirror parent : types.directSupertypes(type)) {
            DeclaredType found = findSupertype(parent, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Returns a class and its enclosing elements, without the package. */
    static List<Element> withEnclosing(TypeElement type) {
        List<Element> parts = new ArrayList<>();
        Element part = type;
        while (part != null && part.getKind() != ElementKind.PACKAGE) {
            parts.add(part);
            part = part.getEnclosingElement();
        }
        return parts;
    }

    /** Returns whether code in a package can name a class. */
    boolean isVisibleFrom(TypeElement type, Element place) {
        boolean samePackage = elements.getPackageOf(type).equals(elements.getPackageOf(place));
        for (Element part : withEnclosing(type)) {
            boolean visible = samePackage
                    ? !part.getModifiers().contains(Modifier.PRIVATE)
                    : part.getModifiers().contains(Modifier.PUBLIC);
            if (!visible) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether code in the package of a place can call a method or constructor. */
    boolean isCallableFrom(ExecutableElement callee, Element place) {
        return callee.getModifiers().contains(Modifier.PUBLIC)
                || !callee.getModifiers().contains(Modifier.PRIVATE)
                        && elements.getPackageOf(callee).equals(elements.getPackageOf(place));
    }

    /** Returns the first checked exception that a method declares, or {@code null}. */
    @Nullable
    TypeMirror findCheckedException(ExecutableElement method) {
        for (TypeMirror thrown : method.getThrownTypes()) {
            if (!isA(thrown, RuntimeException.class) && !isA(thrown, Error.class)) {
                return thrown;
            }
        }
        return null;
    }

    /** Returns whether a part of a type does not exist yet: another processor may make it in this round. */
    boolean isUnresolved(TypeMirror type) {
        if (type.getKind() == TypeKind.ERROR) {
            return true;
        }
        if (type instanceof javax.lang.model.type.ArrayType array) {
            return isUnresolved(array.getComponentType());
        }
        if (type instanceof DeclaredType declared) {
            for (TypeMirror argument : declared.getTypeArguments()) {
                if (isUnresolved(argument)) {
                    return true;
                }
            }
        }
        return false;
    }
}
