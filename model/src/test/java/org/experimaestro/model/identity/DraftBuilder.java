package org.experimaestro.model.identity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.Tags;
import org.experimaestro.generated.Parameter;
import org.experimaestro.model.Assembly;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.jspecify.annotations.Nullable;

/** A builder of drafts: unchanged, or changed in every way that must not count. */
final class DraftBuilder {
    /** The largest number of handles. Without it, a graph with much sharing would become a tree of millions. */
    private static final int MOST_HANDLES = 300;

    private final Map<Draft, Config<Sample>> built = new HashMap<>();
    private final @Nullable Random random;
    private int handles;

    private DraftBuilder(@Nullable Random random) {
        this.random = random;
    }

    /** Creates a builder in which a draft that occurs twice becomes one handle. */
    static DraftBuilder plain() {
        return new DraftBuilder(null);
    }

    /**
     * Creates a builder in which each occurrence of a draft becomes a handle. Maps and sets are shuffled, and whole
     * numbers have other boxes. Defaults are set or left unset, meta parameters have other values, and tags are
     * added.
     */
    static DraftBuilder varied(Random random) {
        return new DraftBuilder(random);
    }

    Config<Sample> build(Draft draft) {
        Config<Sample> known = built.get(draft);
        if (known == null || handles < MOST_HANDLES && flip()) {
            known = make(draft);
            built.put(draft, known);
            handles++;
        }
        return known;
    }

    private Config<Sample> make(Draft draft) {
        Assembly<Sample> assembly = new Assembly<>(draft.type());
        for (int i = 0; i < draft.type().size(); i++) {
            Parameter parameter = draft.type().parameter(i);
            Object value = value(draft, parameter);
            if (value != null) {
                assembly.set(i, flip() ? Tags.tag(value) : value);
            }
        }
        Config<Sample> config = assembly.build();
        if (flip()) {
            config = config.tag("seen", true).stopTags();
        }
        return draft.task() == null ? config : produced(config, build(draft.task()));
    }

    private @Nullable Object value(Draft draft, Parameter parameter) {
        Object given = draft.values().get(parameter.name());
        if (parameter.isMeta() && flip()) {
            return null;
        }
        if (given != null) {
            return handles(given);
        }
        Object initial = draft.defaultOf(parameter.name());
        return initial != null && flip() ? handles(initial) : null;
    }

    private static Config<Sample> produced(Config<Sample> config, Config<Sample> task) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(task);
        Path folder = Path.of("/workspace/jobs", task.type(), task.id().toString());
        Producer producer = new Producer(task.type(), task.id(), folder, node);
        return ((ConfigNode<Sample>) Node.of(config)).producedBy(producer);
    }

    private Object handles(Object value) {
        if (value instanceof Draft draft) {
            return build(draft);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::handles);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::handles).toList();
        }
        if (value instanceof Set<?> set) {
            Set<Object> copy = new LinkedHashSet<>();
            shuffled(set).forEach(element -> copy.add(handles(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            shuffled(map.keySet()).forEach(key -> copy.put(boxed(key), handles(map.get(key))));
            return copy;
        }
        return boxed(value);
    }

    private Object boxed(Object value) {
        if (value instanceof Integer number && flip()) {
            return number.longValue();
        }
        return value instanceof Double number && number == 0 && flip() ? (Object) (-number) : value;
    }

    private List<Object> shuffled(Collection<?> elements) {
        List<Object> list = new ArrayList<>(elements);
        if (random != null) {
            Collections.shuffle(list, random);
        }
        return list;
    }

    private boolean flip() {
        return random != null && random.nextBoolean();
    }
}
