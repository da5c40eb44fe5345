package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** A printer of types as in Java source, without packages and annotations. */
final class SimpleNames {
    private SimpleNames() {}

    static String of(TypeMirror type) {
        if (type.getKind() == TypeKind.ARRAY) {
            return of(((ArrayType) type).getComponentType()) + "[]";
        }
        if (type.getKind().isPrimitive()) {
            return type.getKind().name().toLowerCase(java.util.Locale.ROOT);
        }
        if (type instanceof TypeVariable variable) {
            return variable.asElement().getSimpleName().toString();
        }
        if (type instanceof WildcardType wildcard) {
            return ofWildcard(wildcard);
        }
        if (!(type instanceof DeclaredType declared)) {
            return type.toString();
        }
        List<String> arguments = new ArrayList<>();
        for (TypeMirror argument : declared.getTypeArguments()) {
            arguments.add(of(argument));
        }
        String name = declared.asElement().getSimpleName().toString();
        return arguments.isEmpty() ? name : name + "<" + String.join(", ", arguments) + ">";
    }

    private static String ofWildcard(WildcardType wildcard) {
        if (wildcard.getExtendsBound() != null) {
            return "? extends " + of(wildcard.getExtendsBound());
        }
        return wildcard.getSuperBound() != null ? "? super " + of(wildcard.getSuperBound()) : "?";
    }
}
