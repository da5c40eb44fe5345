package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.experimaestro.core.defaults.TextType;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The compiler's type of a parameter.
 *
 * @param kind the kind
 * @param mirror the type as it is written, boxed if it is inside another
 * @param declaration the class of an enum or configuration (erased), {@code null} for other kinds
 * @param keyType the type of a map's keys
 * @param elementType the type of the elements, of the values of a map, or of the value of an optional
 */
record ParameterType(
        ValueType.Kind kind,
        TypeMirror mirror,
        @Nullable TypeElement declaration,
        @Nullable ParameterType keyType,
        @Nullable ParameterType elementType)
        implements TextType {

    /**
     * A constant of an enum that is being compiled.
     *
     * @param type the enum
     * @param name the constant's name
     */
    record Constant(TypeElement type, String name) {
        /** Returns the name, which is the text of a constant. */
        @Override
        public String toString() {
            return name;
        }
    }

    static ParameterType scalar(ValueType.Kind kind, TypeMirror mirror) {
        return new ParameterType(kind, mirror, null, null, null);
    }

    static ParameterType declared(ValueType.Kind kind, TypeMirror mirror, TypeElement declaration) {
        return new ParameterType(kind, mirror, declaration, null, null);
    }

    static ParameterType container(ValueType.Kind kind, TypeMirror mirror, ParameterType element) {
        return new ParameterType(kind, mirror, null, null, element);
    }

    static ParameterType map(TypeMirror mirror, ParameterType key, ParameterType element) {
        return new ParameterType(ValueType.Kind.MAP, mirror, null, key, element);
    }

    @Override
    public ParameterType element() {
        return Objects.requireNonNull(elementType);
    }

    @Override
    public ParameterType key() {
        return Objects.requireNonNull(keyType);
    }

    /** Returns the class of an enum or configuration. */
    TypeElement declaredClass() {
        return Objects.requireNonNull(declaration);
    }

    @Override
    public List<String> constantNames() {
        List<String> names = new ArrayList<>();
        for (Element member : declaredClass().getEnclosedElements()) {
            if (member.getKind() == ElementKind.ENUM_CONSTANT) {
                names.add(member.getSimpleName().toString());
            }
        }
        return names;
    }

    @Override
    public Constant constant(String name) {
        return new Constant(declaredClass(), name);
    }

    boolean is(ValueType.Kind other) {
        return kind == other;
    }

    boolean holdsConfigs() {
        return kind == ValueType.Kind.CONFIG || elementType != null && elementType.holdsConfigs();
    }

    /** Returns the type inside all collections and optionals; for maps that of the values. */
    ParameterType innermost() {
        return elementType == null ? this : elementType.innermost();
    }

    /** Returns the constants of each enum in the type, by the name of the enum as it is in the text of the type. */
    Map<String, List<String>> enums() {
        Map<String, List<String>> enums = new LinkedHashMap<>();
        if (kind == ValueType.Kind.ENUM) {
            enums.put(toString(), constantNames());
        }
        if (keyType != null) {
            enums.putAll(keyType.enums());
        }
        if (elementType != null) {
            enums.putAll(elementType.enums());
        }
        return enums;
    }

    boolean isNumber() {
        return switch (kind) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /** Returns the type as in Java source, with simple names. */
    @Override
    public String toString() {
        return switch (kind) {
            case LIST -> "List<" + element() + ">";
            case SET -> "Set<" + element() + ">";
            case OPTIONAL -> "Optional<" + element() + ">";
            case MAP -> "Map<" + key() + ", " + element() + ">";
            default -> SimpleNames.of(mirror);
        };
    }
}
