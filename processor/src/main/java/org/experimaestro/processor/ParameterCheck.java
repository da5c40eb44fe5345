package org.experimaestro.processor;

import javax.lang.model.element.TypeElement;
import org.experimaestro.Default;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.core.defaults.DefaultText;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.ValueCheck;

/** A check of the annotations of one parameter against its type and against each other. */
final class ParameterCheck {
    private final Language language;
    private final CompilationProblems problems;
    private final TypeElement owner;
    private final ParameterModel parameter;

    ParameterCheck(Language language, CompilationProblems problems, TypeElement owner, ParameterModel parameter) {
        this.language = language;
        this.problems = problems;
        this.owner = owner;
        this.parameter = parameter;
    }

    void check() {
        checkDefault();
        checkMeta();
        checkData();
        checkLimits();
        if (parameter.defaultValue() != null) {
            checkDefaultIsAllowed(parameter.defaultValue());
        }
    }

    private void checkDefault() {
        if (parameter.was() != null && parameter.inId()) {
            refuse("has inId = true, so that no default is left out, and was, which names one; remove one of them");
        }
        if (parameter.defaultFrom() == null) {
            return;
        }
        if (parameter.defaultText() != null) {
            refuse("has both @Default and @DefaultFrom; remove one");
        }
        if (!parameter.type().is(ValueType.Kind.CONFIG)) {
            refuse("has the type " + parameter.type() + ", and @DefaultFrom is for one configuration; "
                    + (parameter.type().holdsConfigs()
                            ? "remove it: an optional is absent unless set, and a collection may have @Default(\"[]\")"
                            : "use @Default"));
            return;
        }
        DefaultFromCheck methods = new DefaultFromCheck(language, problems, owner, parameter);
        methods.check(parameter.defaultFrom());
        if (Default.ABSENT.equals(parameter.was())) {
            problems.add(
                    parameter.element(),
                    "The first default of " + parameter.name() + " (" + parameter.type() + ") cannot be read: "
                            + DefaultText.NEVER_ABSENT);
        } else if (parameter.was() != null) {
            methods.check(parameter.was());
        }
    }

    private void checkData() {
        ParameterType type = parameter.type();
        if (parameter.data()
                && !type.is(ValueType.Kind.PATH)
                && !(type.is(ValueType.Kind.OPTIONAL) && type.element().is(ValueType.Kind.PATH))) {
            refuse("has the type " + type + ", and @DataPath is for Path; remove it");
        }
    }

    private void checkMeta() {
        if (parameter.meta() && parameter.inId()) {
            refuse("is a meta parameter, which never counts in the identifier; remove @Meta, or inId = true");
        }
        if (parameter.meta() && parameter.was() != null) {
            refuse("is a meta parameter, which never counts in the identifier; remove @Meta, or was");
        }
        if (!parameter.content()) {
            return;
        }
        if (parameter.meta()) {
            refuse("is a meta parameter, which is not identified at all; remove @Meta or @Content");
        }
        Object leftOut = parameter.was() != null ? parameter.firstDefault() : parameter.defaultValue();
        if (leftOut != null && !parameter.inId()) {
            refuse("has a default that would not count, whatever the file contains; write @Default(…, inId = true)");
        }
        ParameterType type = parameter.type();
        boolean path = type.is(ValueType.Kind.PATH)
                || type.is(ValueType.Kind.OPTIONAL) && type.element().is(ValueType.Kind.PATH);
        if (!path) {
            refuse("has the type " + type + ", and @Content is for Path; remove it");
        }
    }

    private void checkLimits() {
        ParameterType single = parameter.type().innermost();
        boolean ranged = parameter.element().getAnnotation(Range.class) != null;
        if (ranged && !single.isNumber()) {
            refuse("has the type " + parameter.type() + ", and @Range is for numbers; remove it, or use @OneOf");
        }
        if (!(parameter.min() <= parameter.max())) {
            refuse("has a @Range from " + parameter.min() + " to " + parameter.max()
                    + ", which no number is in; write the least number first");
        }
        OneOf choices = parameter.element().getAnnotation(OneOf.class);
        if (choices != null && choices.value().length == 0) {
            refuse("has no choices in its @OneOf; write them, or remove it");
        }
    }

    private void checkDefaultIsAllowed(Object value) {
        Parameter limits = Parameter.of(parameter.name(), ValueType.STRING)
                .withRange(parameter.min(), parameter.max())
                .withChoices(parameter.choices().toArray(String[]::new));
        ValueCheck.problem(limits, value)
                .ifPresent(problem -> problems.add(
                        parameter.element(),
                        "The default of " + parameter.name() + " is not allowed: " + problem
                                + "; change @Default or the limit"));
    }

    private void refuse(String text) {
        problems.add(
                parameter.element(), "Parameter " + parameter.name() + " of " + owner.getSimpleName() + " " + text);
    }
}
