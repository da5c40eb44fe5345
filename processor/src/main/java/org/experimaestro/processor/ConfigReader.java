package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.FormerType;
import org.experimaestro.Group;
import org.experimaestro.Partial;
import org.experimaestro.Task;
import org.experimaestro.model.type.PartialRules;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/** A reader of a record, or of a class with a marked constructor, which also checks it. */
final class ConfigReader {
    private static final int MOST_VALUES = 1_000;

    private final Language language;
    private final CompilationProblems problems;

    ConfigReader(Language language, CompilationProblems problems) {
        this.language = language;
        this.problems = problems;
    }

    /** Returns whether a part of the type does not exist yet. */
    boolean isUnresolved(TypeElement element) {
        if (language.isUnresolved(element.getSuperclass())
                || element.getInterfaces().stream().anyMatch(language::isUnresolved)) {
            return true;
        }
        return parameterElements(element).stream().anyMatch(parameter -> language.isUnresolved(parameter.asType()));
    }

    /** Returns the type, or {@code null} after problems. */
    @Nullable
    ConfigModel read(TypeElement element) {
        new ClassCheck(language, problems, element).check();
        new TaskCheck(language, problems, element).check();
        JavadocText classDoc = JavadocText.parse(language.elements().getDocComment(element));
        List<? extends Element> elements = parameterElements(element);
        JavadocText parameterDoc = constructorDoc(elements, classDoc);
        List<ParameterModel> parameters = new ArrayList<>();
        for (Element each : elements) {
            String description = parameterDoc.parameter(each.getSimpleName().toString(), classDoc);
            ParameterModel parameter =
                    new ParameterReader(language, problems, element, each).read(each.asType(), description);
            if (parameter != null) {
                new ParameterCheck(language, problems, element, parameter).check();
                parameters.add(parameter);
            }
        }
        GeneratedPathCheck.check(element, parameters, problems);
        PartialRules.problems(element.getAnnotationsByType(Partial.class), groups(elements))
                .forEach(problem ->
                        problems.add(element, Character.toUpperCase(problem.charAt(0)) + problem.substring(1)));
        FormerNameCheck.check(element, parameters, problems);
        ShapeMethodCheck.check(element, language, problems);
        checkSize(parameters);
        ConfigType annotation = element.getAnnotation(ConfigType.class);
        String binaryName = language.elements().getBinaryName(element).toString();
        ConfigModel model = new ConfigModel(
                element,
                binaryName,
                typeId(element, annotation),
                formerTypeIds(element),
                annotation.version(),
                language.isA(element.asType(), Task.class),
                parameters,
                classDoc.description());
        return problems.isEmpty() ? model : null;
    }

    private static List<Group> groups(List<? extends Element> parameters) {
        List<Group> groups = new ArrayList<>();
        for (Element parameter : parameters) {
            Group group = parameter.getAnnotation(Group.class);
            if (group != null) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** Checks the size: defaults and choices become the code of one constructor, whose size the JVM limits. */
    private void checkSize(List<ParameterModel> parameters) {
        int all = 0;
        for (ParameterModel parameter : parameters) {
            int values =
                    valuesIn(parameter.defaultValue()) + parameter.choices().size();
            all += values;
            if (all > MOST_VALUES && values > 1) {
                problems.add(
                        parameter.element(),
                        "The default and the choices of " + parameter.name() + " have " + values
                                + " values, with those before it " + all + ", and a configuration type may have "
                                + MOST_VALUES + " in all; put them into a file, and make the parameter a Path");
                return;
            }
        }
    }

    private static int valuesIn(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return valuesIn(map.keySet()) + valuesIn(map.values());
        }
        if (!(value instanceof Collection<?> collection)) {
            return 1;
        }
        int values = 1;
        for (Object element : collection) {
            values += valuesIn(element);
        }
        return values;
    }

    /** Returns the type id; by default, the name as it is written in an import. */
    static String typeId(TypeElement element, ConfigType annotation) {
        return annotation.value().isEmpty() ? element.getQualifiedName().toString() : annotation.value();
    }

    /** Returns the type ids that a type had before. */
    static List<String> formerTypeIds(TypeElement element) {
        FormerType former = element.getAnnotation(FormerType.class);
        return former == null ? List.of() : List.of(former.value());
    }

    /** Returns the comment of the constructor; for a record, the class's. */
    private JavadocText constructorDoc(List<? extends Element> parameters, JavadocText classDoc) {
        Element constructor = parameters.isEmpty() ? null : parameters.get(0).getEnclosingElement();
        return constructor == null || constructor.getKind() != ElementKind.CONSTRUCTOR
                ? classDoc
                : JavadocText.parse(language.elements().getDocComment(constructor));
    }

    /** Returns the full name of the builder. */
    String builderName(TypeElement element) {
        return TypeDescriptors.builderName(
                language.elements().getBinaryName(element).toString());
    }

    /** Returns the record components, or the parameters of the marked constructor; empty if there is neither. */
    private static List<? extends Element> parameterElements(TypeElement element) {
        if (element.getKind() == ElementKind.RECORD) {
            return element.getRecordComponents();
        }
        for (ExecutableElement constructor : ElementFilter.constructorsIn(element.getEnclosedElements())) {
            if (constructor.getAnnotation(ConfigConstructor.class) != null) {
                return constructor.getParameters();
            }
        }
        return List.of();
    }
}
