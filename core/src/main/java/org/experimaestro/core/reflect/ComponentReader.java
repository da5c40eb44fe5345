package org.experimaestro.core.reflect;

import java.util.ArrayList;
import java.util.List;
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
import org.experimaestro.core.defaults.TextType;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.GeneratedPathRules;
import org.experimaestro.model.type.PartialRules;
import org.experimaestro.model.type.ValueCheck;
import org.jspecify.annotations.Nullable;

/** A reader of one parameter: its type, and its annotations if they fit the type and each other. */
final class ComponentReader {
    private final Class<?> owner;
    private final Component component;
    private final ClassProblems problems;

    ComponentReader(Class<?> owner, Component component, ClassProblems problems) {
        this.owner = owner;
        this.component = component;
        this.problems = problems;
    }

    /** Returns the parameter, or {@code null} after a problem with its type. */
    @Nullable
    Parameter read() {
        ValueType type = new ValueTypes(problems, component.name()).read(component.type());
        if (type == null) {
            return null;
        }
        Parameter parameter = Parameter.of(component.name(), type);
        readDefault(parameter);
        readCounting(parameter);
        readData(parameter);
        readLimits(parameter);
        GeneratedPath generated = component.find(GeneratedPath.class);
        if (generated != null) {
            parameter.withGeneratedPath(GeneratedPathRules.relative(generated, component.name()));
            if (generated.optional()) {
                parameter.withPathOptional();
            }
            if (!generated.partial().isEmpty()) {
                parameter.withPathPartial(generated.partial());
            }
        }
        parameter.withLeftOutOf(
                PartialRules.leftOutOf(owner.getAnnotationsByType(Partial.class), component.find(Group.class)));
        FormerName former = component.find(FormerName.class);
        if (former != null) {
            parameter.withFormerNames(former.value());
        }
        if (parameter.defaultValue() != null) {
            ValueCheck.problem(parameter, parameter.defaultValue())
                    .ifPresent(problem -> problems.add("the default of " + component.name() + " is not allowed: "
                            + problem + "; change @Default or the limit"));
        }
        return parameter;
    }

    private void readDefault(Parameter parameter) {
        Default text = component.find(Default.class);
        DefaultFrom method = component.find(DefaultFrom.class);
        if (text != null) {
            Object value = parse("default", text.value(), parameter.type());
            if (value != null) {
                parameter.withDefault(value);
            }
            if (!text.was().equals(Default.UNCHANGED)) {
                parameter.withFirstDefault(parse("first default", text.was(), parameter.type()));
            }
        }
        if (method != null) {
            parameter.withDefaultFromMethod();
            if (method.was().equals(Default.ABSENT)) {
                problems.add("the first default of " + component.name() + " (" + parameter.type() + ") cannot be read: "
                        + DefaultText.NEVER_ABSENT);
            } else if (!method.was().equals(Default.UNCHANGED)) {
                parameter.withFirstDefaultFromMethod();
            }
            if (text != null) {
                refuse("has both @Default and @DefaultFrom; remove one");
            }
            if (parameter.type().kind() != ValueType.Kind.CONFIG) {
                refuse("has the type " + parameter.type() + ", and @DefaultFrom is for configurations; use @Default");
            }
        }
        if (text != null && text.inId() || method != null && method.inId()) {
            parameter.withDefaultInId();
            if (parameter.hasFirstDefault()) {
                refuse("has inId = true, so that no default is left out, and was, which names one; remove one of them");
            }
        }
    }

    /** Returns the value, or {@code null} if it is absent, or after a problem. */
    private @Nullable Object parse(String what, String text, ValueType type) {
        try {
            return DefaultText.parseOrAbsent(text, TextType.of(type));
        } catch (IllegalArgumentException malformed) {
            problems.add("the " + what + " of " + component.name() + " (" + type + ") cannot be read: "
                    + malformed.getMessage());
            return null;
        }
    }

    private void readCounting(Parameter parameter) {
        if (component.has(Meta.class)) {
            parameter.withMeta();
            if (parameter.isDefaultCounted()) {
                refuse("is a meta parameter, which never counts in the identifier; remove @Meta, or inId = true");
            }
            if (parameter.hasFirstDefault()) {
                refuse("is a meta parameter, which never counts in the identifier; remove @Meta, or was");
            }
        }
        if (!component.has(Content.class)) {
            return;
        }
        parameter.withContent();
        if (component.has(Meta.class)) {
            refuse("is a meta parameter, which is not identified at all; remove @Meta or @Content");
        }
        Object leftOut = parameter.hasFirstDefault() ? parameter.firstDefault() : parameter.defaultValue();
        if (leftOut != null && !parameter.isDefaultCounted()) {
            refuse("has a default that would not count, whatever the file contains; write @Default(…, inId = true)");
        }
        ValueType type = parameter.type();
        boolean optional = type.kind() == ValueType.Kind.OPTIONAL;
        if ((optional ? type.element() : type).kind() != ValueType.Kind.PATH) {
            refuse("has the type " + type + ", and @Content is for Path; remove it");
        }
    }

    private void readData(Parameter parameter) {
        if (!component.has(DataPath.class)) {
            return;
        }
        parameter.withData();
        ValueType type = parameter.type();
        boolean optional = type.kind() == ValueType.Kind.OPTIONAL;
        if ((optional ? type.element() : type).kind() != ValueType.Kind.PATH) {
            refuse("has the type " + type + ", and @DataPath is for Path; remove it");
        }
    }

    private void readLimits(Parameter parameter) {
        Range range = component.find(Range.class);
        if (range != null) {
            parameter.withRange(range.min(), range.max());
            if (!Number.class.isAssignableFrom(innermost(parameter.type()).javaClass())) {
                refuse("has the type " + parameter.type() + ", and @Range is for numbers; remove it, or use @OneOf");
            }
            if (!(range.min() <= range.max())) {
                refuse("has a @Range from " + range.min() + " to " + range.max()
                        + ", which no number is in; write the least number first");
            }
        }
        OneOf choices = component.find(OneOf.class);
        if (choices != null) {
            parameter.withChoices(choices(choices, parameter.type()));
            if (choices.value().length == 0) {
                refuse("has no choices in its @OneOf; write them, or remove it");
            }
        }
    }

    private String[] choices(OneOf annotation, ValueType type) {
        List<String> choices = new ArrayList<>();
        for (String text : annotation.value()) {
            try {
                choices.add(DefaultText.choice(text, TextType.of(type)));
            } catch (IllegalArgumentException malformed) {
                problems.add("a choice of " + component.name() + " (" + type + ") cannot be read: "
                        + malformed.getMessage());
            }
        }
        return choices.toArray(new String[0]);
    }

    private static ValueType innermost(ValueType type) {
        return switch (type.kind()) {
            case OPTIONAL, LIST, SET, MAP -> innermost(type.element());
            default -> type;
        };
    }

    private void refuse(String text) {
        problems.add("parameter " + component.name() + " of " + owner.getSimpleName() + " " + text);
    }
}
