package org.experimaestro.model.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.ConfigId;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.identity.IdentityTree.Value;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of drafts, computed from the drafts alone and without the code under test: a second version of
 * the rules of {@code docs/identifier-bytes.md}. Drafts of the same configuration have the same number.
 */
final class Canonical {
    private static final Pattern JOB =
            Pattern.compile(".*/jobs/([A-Za-z0-9_.-]+)/([0-9a-f]{32})($|/).*", Pattern.DOTALL);

    private final Map<Draft, Integer> numbers = new HashMap<>();
    private final Map<Form, Integer> forms = new HashMap<>();

    /** Everything that counts in a configuration, with numbers for those below it. */
    private record Form(
            String typeId,
            int version,
            Map<String, Object> parameters,
            @Nullable Integer task) {}

    /** A configuration inside another. */
    private record Nested(int number) {}

    /**
     * Returns the number of the draft's configuration: the same for two drafts exactly when everything that counts is
     * the same.
     */
    int number(Draft draft) {
        Integer known = numbers.get(draft);
        if (known != null) {
            return known;
        }
        Form form = new Form(
                draft.type().typeId(),
                draft.type().version(),
                counted(draft, this::nested),
                draft.task() == null ? null : (Integer) number(draft.task()));
        int number = forms.computeIfAbsent(form, fresh -> forms.size());
        numbers.put(draft, number);
        return number;
    }

    /** Returns the tree that the bytes of the draft's configuration must decode to. */
    IdentityTree tree(Draft draft, Function<Draft, ConfigId> identifiers) {
        Map<String, Object> counted =
                counted(draft, nested -> new IdentityTree.IdentifierValue(identifiers.apply(nested)));
        TreeMap<String, Value> values = new TreeMap<>();
        counted.forEach((name, value) -> values.put(name, (Value) value));
        return new IdentityTree(
                draft.type().typeId(),
                draft.type().version(),
                values,
                List.of(),
                draft.task() == null ? null : identifiers.apply(draft.task()));
    }

    private Object nested(Draft draft) {
        return new Nested(number(draft));
    }

    private Map<String, Object> counted(Draft draft, Function<Draft, Object> nested) {
        Map<String, Object> counted = new LinkedHashMap<>();
        for (int i = 0; i < draft.type().size(); i++) {
            Parameter parameter = draft.type().parameter(i);
            String name = parameter.name();
            if (parameter.isMeta() || parameter.generatedPath() != null) {
                continue;
            }
            Object value = of(parameter.type(), draft.effective(name), nested);
            boolean optional = parameter.type().kind() == ValueType.Kind.OPTIONAL;
            Object initial = draft.firstOf(name);
            boolean isDefault = (initial != null || optional)
                    && !dependsOnPlanFolder(initial)
                    && of(parameter.type(), draft.effective(name), this::nested)
                            .equals(of(parameter.type(), initial, this::nested));
            if (!isDefault || parameter.isDefaultCounted()) {
                counted.put(name, value);
            }
        }
        return counted;
    }

    private static boolean dependsOnPlanFolder(@Nullable Object raw) {
        if (raw instanceof Draft draft) {
            for (int i = 0; i < draft.type().size(); i++) {
                Parameter parameter = draft.type().parameter(i);
                if (!parameter.isMeta() && dependsOnPlanFolder(draft.effective(parameter.name()))) {
                    return true;
                }
            }
            return draft.task() != null && dependsOnPlanFolder(draft.task());
        }
        if (raw instanceof Optional<?> optional) {
            return optional.filter(Canonical::dependsOnPlanFolder).isPresent();
        }
        if (raw instanceof Collection<?> elements) {
            return elements.stream().anyMatch(Canonical::dependsOnPlanFolder);
        }
        return raw instanceof Map<?, ?> map
                ? dependsOnPlanFolder(map.values())
                : raw instanceof Path path && !path.isAbsolute();
    }

    private static Object of(ValueType type, @Nullable Object raw, Function<Draft, Object> nested) {
        if (raw == null || raw.equals(Optional.empty())) {
            return new IdentityTree.Absent();
        }
        if (raw instanceof Optional<?> optional) {
            return of(type.element(), optional.orElseThrow(), nested);
        }
        return switch (type.kind()) {
            case OPTIONAL -> of(type.element(), raw, nested);
            case BOOLEAN -> new IdentityTree.BooleanValue((Boolean) raw);
            case BYTE, SHORT, INT, LONG -> new IdentityTree.IntegerValue(((Number) raw).longValue());
            case FLOAT, DOUBLE -> new IdentityTree.FloatingValue(((Number) raw).doubleValue() + 0.0);
            case CHAR -> new IdentityTree.CharacterValue((Character) raw);
            case STRING -> new IdentityTree.StringValue((String) raw);
            case ENUM -> new IdentityTree.EnumValue(((Enum<?>) raw).name());
            case DURATION -> new IdentityTree.DurationValue((Duration) raw);
            case PATH ->
                raw instanceof RootedPath rooted
                        ? path("/" + rooted.rest(), new IdentityTree.RootedPathValue(rooted.root(), rooted.rest()))
                        : path(
                                ((Path) raw).toAbsolutePath().toString(),
                                new IdentityTree.PathValue(
                                        ((Path) raw).toAbsolutePath().toString()));
            case CONFIG -> nested.apply((Draft) raw);
            case LIST -> list(type, (List<?>) raw, nested);
            case SET -> set(type, (Set<?>) raw, nested);
            case MAP -> map(type, (Map<?, ?>) raw, nested);
        };
    }

    private static Value path(String text, Value outsideJobs) {
        Matcher job = JOB.matcher(text);
        return job.matches()
                ? new IdentityTree.JobPathValue(job.group(1), ConfigId.parse(job.group(2)), text.substring(job.end(3)))
                : outsideJobs;
    }

    private static Object list(ValueType type, List<?> raw, Function<Draft, Object> nested) {
        List<Object> list =
                raw.stream().map(element -> of(type.element(), element, nested)).collect(Collectors.toList());
        return isTree(list) ? new IdentityTree.ListValue(values(list)) : list;
    }

    private static Object set(ValueType type, Set<?> raw, Function<Draft, Object> nested) {
        Set<Object> set = new LinkedHashSet<>();
        raw.forEach(element -> set.add(of(type.element(), element, nested)));
        return isTree(set) ? new IdentityTree.SetValue(new LinkedHashSet<>(values(set))) : set;
    }

    private static Object map(ValueType type, Map<?, ?> raw, Function<Draft, Object> nested) {
        Map<Object, Object> map = new LinkedHashMap<>();
        raw.forEach((key, element) -> map.put(of(type.key(), key, nested), of(type.element(), element, nested)));
        if (!isTree(map.values())) {
            return map;
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        map.forEach((key, element) -> entries.put((Value) key, (Value) element));
        return new IdentityTree.MapValue(entries);
    }

    private static boolean isTree(Iterable<Object> elements) {
        for (Object element : elements) {
            if (!(element instanceof Value)) {
                return false;
            }
        }
        return true;
    }

    private static List<Value> values(Iterable<Object> elements) {
        List<Value> values = new ArrayList<>();
        elements.forEach(element -> values.add((Value) element));
        return values;
    }
}
