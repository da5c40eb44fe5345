package org.experimaestro.processor;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** A reader of the type of one parameter, or of the problem with it. */
final class TypeReader {
    private static final Map<String, ValueType.Kind> SCALARS = Map.ofEntries(
            Map.entry("java.lang.Boolean", ValueType.Kind.BOOLEAN),
            Map.entry("java.lang.Byte", ValueType.Kind.BYTE),
            Map.entry("java.lang.Short", ValueType.Kind.SHORT),
            Map.entry("java.lang.Integer", ValueType.Kind.INT),
            Map.entry("java.lang.Long", ValueType.Kind.LONG),
            Map.entry("java.lang.Character", ValueType.Kind.CHAR),
            Map.entry("java.lang.Float", ValueType.Kind.FLOAT),
            Map.entry("java.lang.Double", ValueType.Kind.DOUBLE),
            Map.entry("java.lang.String", ValueType.Kind.STRING),
            Map.entry(Path.class.getName(), ValueType.Kind.PATH),
            Map.entry(Duration.class.getName(), ValueType.Kind.DURATION));

    private final Language language;
    private final CompilationProblems problems;
    private final Element owner;
    private final Element place;
    private final String parameter;

    /**
     * Creates a reader for one parameter.
     *
     * @param owner the configuration type
     * @param place the component or parameter, where problems are reported
     */
    TypeReader(Language language, CompilationProblems problems, Element owner, Element place) {
        this.language = language;
        this.problems = problems;
        this.owner = owner;
        this.place = place;
        this.parameter = "Parameter " + place.getSimpleName() + " of " + owner.getSimpleName();
    }

    /** Returns the type, or {@code null} after a problem. */
    @Nullable
    ParameterType read(TypeMirror type) {
        if (type.getKind().isPrimitive()) {
            return ParameterType.scalar(ValueType.Kind.valueOf(type.getKind().name()), type);
        }
        return switch (type.getKind()) {
            case ARRAY ->
                refuse(
                        type,
                        "arrays can be changed and have no equality; write List<"
                                + SimpleNames.of(boxed(((ArrayType) type).getComponentType())) + ">");
            case TYPEVAR -> readTypeVariable(type);
            case WILDCARD -> refuse(type, "wildcards are not supported; write the interface or class that is meant");
            case DECLARED -> readDeclared((DeclaredType) type);
            default -> refuse(type, "it is not supported; " + supported());
        };
    }

    private TypeMirror boxed(TypeMirror type) {
        return type.getKind().isPrimitive()
                ? language.types()
                        .boxedClass(language.types().getPrimitiveType(type.getKind()))
                        .asType()
                : type;
    }

    private @Nullable ParameterType readTypeVariable(TypeMirror type) {
        if (!language.isA(type, Configurable.class)) {
            return refuse(
                    type,
                    "the type variable must be bounded: " + type
                            + " extends Configurable, or an interface that extends it");
        }
        return ParameterType.declared(ValueType.Kind.CONFIG, type, language.elementOf(type));
    }

    private @Nullable ParameterType readDeclared(DeclaredType type) {
        ValueType.Kind scalar =
                SCALARS.get(((TypeElement) type.asElement()).getQualifiedName().toString());
        if (scalar != null) {
            return ParameterType.scalar(scalar, type);
        }
        if (isRaw(type)) {
            return refuse(
                    type,
                    "it is raw; write its type arguments, such as "
                            + type.asElement().getSimpleName() + "<…>");
        }
        if (language.isExactly(type, Optional.class)) {
            return readOptional(type);
        }
        if (language.isExactly(type, List.class)) {
            return readCollection(ValueType.Kind.LIST, type);
        }
        if (language.isExactly(type, Set.class)) {
            return readCollection(ValueType.Kind.SET, type);
        }
        if (language.isExactly(type, Map.class)) {
            return readMap(type);
        }
        return type.asElement().getKind() == ElementKind.ENUM ? readEnum(type) : readOther(type);
    }

    private boolean isRaw(DeclaredType type) {
        return type.getTypeArguments().isEmpty()
                && !((TypeElement) type.asElement()).getTypeParameters().isEmpty();
    }

    private @Nullable ParameterType readOptional(DeclaredType type) {
        ParameterType content = read(type.getTypeArguments().get(0));
        if (content == null) {
            return null;
        }
        if (content.is(ValueType.Kind.OPTIONAL)) {
            return refuse(type, "an optional cannot be in another; write " + content);
        }
        return ParameterType.container(ValueType.Kind.OPTIONAL, type, content);
    }

    private @Nullable ParameterType readCollection(ValueType.Kind kind, DeclaredType type) {
        ParameterType element = readInside(type, type.getTypeArguments().get(0));
        return element == null ? null : ParameterType.container(kind, type, element);
    }

    private @Nullable ParameterType readMap(DeclaredType type) {
        TypeMirror keyMirror = type.getTypeArguments().get(0);
        ParameterType element = readInside(type, type.getTypeArguments().get(1));
        ParameterType key = keyMirror.getKind() == TypeKind.DECLARED ? readKey(type, (DeclaredType) keyMirror) : null;
        if (keyMirror.getKind() != TypeKind.DECLARED) {
            return refuse(type, "its keys must be of type String, an enum, or a number");
        }
        return key == null || element == null ? null : ParameterType.map(type, key, element);
    }

    private @Nullable ParameterType readKey(DeclaredType map, DeclaredType type) {
        boolean number = language.isA(type, Number.class);
        boolean scalar = SCALARS.containsKey(
                ((TypeElement) type.asElement()).getQualifiedName().toString());
        boolean isKey = language.isExactly(type, String.class)
                || number && scalar
                || type.asElement().getKind() == ElementKind.ENUM;
        return isKey ? read(type) : refuse(map, "its keys must be of type String, an enum, or a number");
    }

    private @Nullable ParameterType readInside(DeclaredType container, TypeMirror type) {
        ParameterType element = read(type);
        if (element != null && element.is(ValueType.Kind.OPTIONAL)) {
            return refuse(
                    container,
                    "an optional cannot be in a collection; write " + element.element()
                            + " and leave absent values out");
        }
        return element;
    }

    private @Nullable ParameterType readEnum(DeclaredType type) {
        if (language.isA(type, Configurable.class)) {
            return refuse(type, "an enum cannot be a configuration; remove Configurable from it, or make it a record");
        }
        return readVisible(ValueType.Kind.ENUM, type);
    }

    private @Nullable ParameterType readOther(DeclaredType type) {
        if (language.isA(type, Configurable.class)) {
            return readConfiguration(type);
        }
        String mend = mendFor(type);
        return refuse(type, mend != null ? mend : "it is not supported; " + supported());
    }

    private @Nullable ParameterType readConfiguration(DeclaredType type) {
        for (TypeMirror argument : type.getTypeArguments()) {
            if (argument.getKind() == TypeKind.WILDCARD) {
                return refuse(type, "wildcards are not supported; write the interface or class that is meant");
            }
        }
        TypeElement element = (TypeElement) type.asElement();
        boolean cannotBeExtended = element.getModifiers().contains(Modifier.FINAL);
        if (cannotBeExtended && element.getAnnotation(ConfigType.class) == null) {
            return refuse(type, "annotate " + element.getSimpleName() + " with @ConfigType");
        }
        return readVisible(ValueType.Kind.CONFIG, type);
    }

    private @Nullable ParameterType readVisible(ValueType.Kind kind, DeclaredType type) {
        TypeElement element = (TypeElement) type.asElement();
        if (!language.isVisibleFrom(element, owner)) {
            return refuse(
                    type,
                    "the generated builder cannot see it; make " + element.getSimpleName()
                            + " and what it is in package-private or public");
        }
        return ParameterType.declared(kind, type, element);
    }

    private @Nullable String mendFor(DeclaredType type) {
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (language.isExactly(type, Config.class)) {
            return "the handle belongs to plans; write the plain type " + SimpleNames.of(arguments.get(0));
        }
        if (type.asElement().getKind() == ElementKind.RECORD) {
            return "it is a record but no configuration; annotate "
                    + type.asElement().getSimpleName() + " with @ConfigType and let it implement Configurable";
        }
        if (language.isA(type, Set.class)) {
            return "write the interface Set" + argumentsOf(type, 1);
        }
        if (language.isA(type, Collection.class) || language.isExactly(type, Iterable.class)) {
            return "write the interface List" + argumentsOf(type, 1);
        }
        if (language.isA(type, Map.class)) {
            return "write the interface Map" + argumentsOf(type, 2);
        }
        if (language.isA(type, OptionalInt.class)) {
            return "write Optional<Integer>";
        }
        if (language.isA(type, OptionalLong.class)) {
            return "write Optional<Long>";
        }
        if (language.isA(type, OptionalDouble.class)) {
            return "write Optional<Double>";
        }
        return language.isA(type, File.class) ? "write Path" : null;
    }

    private static String argumentsOf(DeclaredType type, int expected) {
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        if (arguments.size() != expected) {
            return "";
        }
        return "<" + String.join(", ", arguments.stream().map(SimpleNames::of).toList()) + ">";
    }

    private static String supported() {
        return "use numbers, boolean, char, String, enums, Path, Duration, Optional, List, Set, Map,"
                + " or a type that implements Configurable";
    }

    private String inside(TypeMirror type) {
        String whole = SimpleNames.of(place.asType());
        String part = SimpleNames.of(type);
        return part.equals(whole) ? "" : ", with " + part + " in it";
    }

    private @Nullable ParameterType refuse(TypeMirror type, String mend) {
        problems.add(place, parameter + " has the type " + SimpleNames.of(place.asType()) + inside(type) + ": " + mend);
        return null;
    }
}
