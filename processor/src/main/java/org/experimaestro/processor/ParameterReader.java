package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.experimaestro.Content;
import org.experimaestro.DataPath;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.FormerName;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Partial;
import org.experimaestro.Range;
import org.experimaestro.core.defaults.DefaultText;
import org.experimaestro.model.type.GeneratedPathRules;
import org.experimaestro.model.type.PartialRules;
import org.jspecify.annotations.Nullable;

/** A reader of one parameter: its type and its annotations. */
final class ParameterReader {
    private final Language language;
    private final CompilationProblems problems;
    private final Element owner;
    private final Element element;

    ParameterReader(Language language, CompilationProblems problems, Element owner, Element element) {
        this.language = language;
        this.problems = problems;
        this.owner = owner;
        this.element = element;
    }

    /** Returns the parameter, or {@code null} after a problem with its type. */
    @Nullable
    ParameterModel read(TypeMirror mirror, String description) {
        ParameterType type = new TypeReader(language, problems, owner, element).read(mirror);
        if (type == null) {
            return null;
        }
        Default defaultText = element.getAnnotation(Default.class);
        DefaultFrom defaultFrom = element.getAnnotation(DefaultFrom.class);
        GeneratedPath generatedPath = element.getAnnotation(GeneratedPath.class);
        Range range = element.getAnnotation(Range.class);
        OneOf oneOf = element.getAnnotation(OneOf.class);
        FormerName formerName = element.getAnnotation(FormerName.class);
        String name = element.getSimpleName().toString();
        String was = was(defaultText, defaultFrom);
        return new ParameterModel(
                element,
                name,
                type,
                defaultText == null || defaultText.value().equals(Default.ABSENT) ? null : defaultText.value(),
                defaultText == null || defaultFrom != null ? null : parse("default", defaultText.value(), type),
                defaultFrom == null ? null : defaultFrom.value(),
                was,
                was == null || defaultFrom != null ? null : parse("first default", was, type),
                defaultText != null && defaultText.inId() || defaultFrom != null && defaultFrom.inId(),
                element.getAnnotation(Meta.class) != null,
                element.getAnnotation(Content.class) != null,
                element.getAnnotation(DataPath.class) != null,
                generatedPath == null ? null : GeneratedPathRules.relative(generatedPath, name),
                generatedPath != null && generatedPath.optional(),
                generatedPath == null ? "" : generatedPath.partial(),
                List.of(PartialRules.leftOutOf(
                        owner.getAnnotationsByType(Partial.class), element.getAnnotation(Group.class))),
                range == null ? Double.NEGATIVE_INFINITY : range.min(),
                range == null ? Double.POSITIVE_INFINITY : range.max(),
                oneOf == null ? List.of() : List.of(oneOf.value()),
                oneOf == null ? List.of() : choices(oneOf.value(), type),
                formerName == null ? List.of() : List.of(formerName.value()),
                description);
    }

    private static @Nullable String was(@Nullable Default defaultText, @Nullable DefaultFrom defaultFrom) {
        String was = defaultFrom != null ? defaultFrom.was() : defaultText != null ? defaultText.was() : null;
        return Default.UNCHANGED.equals(was) ? null : was;
    }

    /** Returns the value, or {@code null} if it is absent, or after a problem. */
    private @Nullable Object parse(String what, String text, ParameterType type) {
        try {
            return DefaultText.parseOrAbsent(text, type);
        } catch (IllegalArgumentException malformed) {
            problems.add(
                    element,
                    "The " + what + " of " + element.getSimpleName() + " (" + type + ") cannot be read: "
                            + malformed.getMessage());
            return null;
        }
    }

    private List<String> choices(String[] texts, ParameterType type) {
        List<String> choices = new ArrayList<>();
        for (String text : texts) {
            try {
                choices.add(DefaultText.choice(text, type));
            } catch (IllegalArgumentException malformed) {
                problems.add(
                        element,
                        "A choice of " + element.getSimpleName() + " (" + type + ") cannot be read: "
                                + malformed.getMessage());
            }
        }
        return choices;
    }
}
