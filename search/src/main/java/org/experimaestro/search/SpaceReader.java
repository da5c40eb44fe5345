package org.experimaestro.search;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.LogScale;
import org.experimaestro.OneOf;
import org.experimaestro.PlanException;
import org.experimaestro.Range;
import org.experimaestro.Space;
import org.experimaestro.Step;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/** A reader of the axes of a space: from the components of its record, and from what the plan gave in their place. */
final class SpaceReader {
    private final Class<?> type;
    private final Map<String, Space.Values> given;
    private final List<Axis> axes = new ArrayList<>();
    private final Set<String> paths = new LinkedHashSet<>();

    /** The records around the one that is read. */
    private final Set<Class<?>> outer = new LinkedHashSet<>();

    private SpaceReader(Space<?> space) {
        this.type = space.type();
        this.given = new HashMap<>(space.values());
    }

    static <T extends Record> PointMaker<T> read(Space<T> space) {
        SpaceReader reader = new SpaceReader(space);
        Shape shape = reader.record(space.type(), "", null);
        reader.checkGiven();
        return new PointMaker<>(space.type(), List.copyOf(reader.axes), shape);
    }

    private void checkGiven() {
        given.keySet().removeAll(paths);
        for (String unknown : given.keySet()) {
            throw PlanException.of("Cannot give values to " + unknown + ": " + type.getSimpleName()
                            + " has no such component to choose a value for")
                    .at(PlanLine.current())
                    .advice(NearName.advice(unknown, paths).orElse("its components are " + String.join(", ", paths)))
                    .build();
        }
    }

    private Shape.OfRecord record(Class<?> record, String path, Axis.@Nullable Use use) {
        if (!outer.add(record)) {
            throw problem(path, "a " + record.getSimpleName() + " contains another one", "give its values by choose");
        }
        RecordComponent[] components = record.getRecordComponents();
        List<Shape> shapes = new ArrayList<>();
        for (RecordComponent component : components) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            shapes.add(component(component, name, use));
        }
        outer.remove(record);
        try {
            var constructor = record.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new Shape.OfRecord(constructor, List.copyOf(shapes));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(record + " has no canonical constructor", impossible);
        }
    }

    private Shape component(RecordComponent component, String path, Axis.@Nullable Use use) {
        Class<?> of = component.getType();
        Space.Values values = given.get(path);
        if (values != null) {
            return axis(path, scale(values, of, path), use);
        }
        if (of.isRecord()) {
            return record(of, path, use);
        }
        if (of.isSealed() && !of.isEnum()) { // an enum whose constants have bodies is sealed, too
            return oneOfRecords(of, path, use);
        }
        return axis(path, annotated(component, path), use);
    }

    private Shape.OnAxis axis(String path, Scale scale, Axis.@Nullable Use use) {
        axes.add(new Axis(path, scale, use));
        paths.add(path);
        return new Shape.OnAxis(axes.size() - 1);
    }

    private Shape oneOfRecords(Class<?> sealed, String path, Axis.@Nullable Use use) {
        List<Object> names = new ArrayList<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            if (!each.isRecord()) {
                throw problem(
                        path, each.getSimpleName() + " is no record", "make it one, or give the values by choose");
            }
            names.add(each.getSimpleName());
        }
        int axis = axis(path, new Scale.Choices(names), use).axis();
        List<Shape.OfRecord> records = new ArrayList<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            records.add(record(each, path, new Axis.Use(axis, records.size())));
        }
        return new Shape.OneOfRecords(axis, List.copyOf(records));
    }

    private Scale annotated(RecordComponent component, String path) {
        Class<?> of = component.getType();
        OneOf oneOf = component.getAnnotation(OneOf.class);
        Range range = component.getAnnotation(Range.class);
        if (oneOf != null) {
            return new Scale.Choices(Arrays.stream(oneOf.value())
                    .map(text -> parsed(text, of, path))
                    .distinct()
                    .toList());
        }
        if (of == boolean.class || of == Boolean.class) {
            return new Scale.Choices(List.of(false, true));
        }
        if (of.isEnum()) {
            return new Scale.Choices(List.of(of.getEnumConstants()));
        }
        if (range == null) {
            String word = NumberType.find(of).isPresent() ? "add @Range" : "add @OneOf";
            throw problem(
                    path, "it has no values to choose from", word + " to the component, or give it values in the plan");
        }
        if (Double.isInfinite(range.min()) || Double.isInfinite(range.max())) {
            throw problem(path, "its @Range has only one end", "give it both, or give it values in the plan");
        }
        Space<?> one = Space.of(Point.class);
        boolean isLog = component.isAnnotationPresent(LogScale.class);
        Step step = component.getAnnotation(Step.class);
        if (isLog && step != null) {
            throw problem(path, "it has both @LogScale and @Step", "leave out one of them");
        }
        if (isLog) {
            one = one.log(path, range.min(), range.max());
        } else if (step != null) {
            one = one.range(path, range.min(), range.max(), step.value());
        } else {
            one = one.range(path, range.min(), range.max());
        }
        return scale(one.values().values().iterator().next(), of, path);
    }

    /** A point without components, for spaces that only carry values. */
    private record Point() {}

    private Object parsed(String text, Class<?> of, String path) {
        Optional<NumberType> number = NumberType.find(of);
        try {
            if (number.isPresent()) {
                return number.get().of(new BigDecimal(text));
            }
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw problem(path, "\"" + text + "\" in @OneOf is not of the type " + of.getSimpleName(), "correct it");
        }
        if (of == String.class) {
            return text;
        }
        for (Object constant : of.isEnum() ? of.getEnumConstants() : new Object[] {false, true}) {
            String name = constant instanceof Enum<?> each ? each.name() : constant.toString();
            if (name.equals(text)) {
                return constant;
            }
        }
        throw problem(path, "\"" + text + "\" in @OneOf is not of the type " + of.getSimpleName(), "correct it");
    }

    private Scale scale(Space.Values values, Class<?> of, String path) {
        Optional<NumberType> number = NumberType.find(of);
        if (values.kind() == Space.Kind.CHOICE) {
            return new Scale.Choices(values.choices().stream()
                    .map(choice -> chosen(choice, of, path))
                    .distinct()
                    .toList());
        }
        NumberType numbers =
                number.orElseThrow(() -> problem(path, "a " + of.getSimpleName() + " has no range", "use choose"));
        BigDecimal from = values.from().orElseThrow();
        BigDecimal to = values.to().orElseThrow();
        BigDecimal step = values.step().orElse(BigDecimal.ONE);
        if (numbers.isWhole() && !isWhole(from, to, step)) {
            throw problem(
                    path, "its type is " + of.getSimpleName() + ", and its range is not of whole numbers", "round it");
        }
        try {
            numbers.of(from);
            numbers.of(to);
        } catch (ArithmeticException beyond) {
            throw problem(
                    path, from + " to " + to + " is beyond the type " + of.getSimpleName(), "make the range smaller");
        }
        if (values.kind() == Space.Kind.LOG) {
            return new Scale.Logarithmic(from, to, numbers);
        }
        if (numbers.isWhole() || values.step().isPresent()) {
            long count = to.subtract(from).divideToIntegralValue(step).longValueExact() + 1;
            return new Scale.Steps(from, step, count, numbers);
        }
        return new Scale.Interval(from, to, numbers);
    }

    private static boolean isWhole(BigDecimal... numbers) {
        return Arrays.stream(numbers).allMatch(each -> each.stripTrailingZeros().scale() <= 0);
    }

    private Object chosen(Object choice, Class<?> of, String path) {
        Optional<NumberType> number = NumberType.find(of);
        if (number.isPresent() && choice instanceof Number given) {
            try {
                return number.get().of(new BigDecimal(given.toString()));
            } catch (ArithmeticException | NumberFormatException wrong) {
                throw problem(path, given + " is not of the type " + of.getSimpleName(), "give values of its type");
            }
        }
        if (of.isInstance(choice) || of == boolean.class && choice instanceof Boolean) {
            return choice;
        }
        throw problem(path, choice + " is not of the type " + of.getSimpleName(), "give values of its type");
    }

    private PlanException problem(String path, String problem, String advice) {
        return PlanException.of("Cannot search over " + path + " of " + type.getSimpleName() + ": " + problem)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }
}
