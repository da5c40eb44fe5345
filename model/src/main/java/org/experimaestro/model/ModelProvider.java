package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.NamedBuilder;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.BuilderProvider;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.TypeDescriptors;

/**
 * The provider of the model for the static methods of the API, and for generated builders. {@link
 * org.experimaestro.ConfigProvider} finds it by its name.
 */
public final class ModelProvider extends BuilderProvider {
    static {
        provide(new ModelProvider());
    }

    private ModelProvider() {}

    @Override
    protected <T> NamedBuilder<T> builder(Class<T> type) {
        return new Assembly<>(TypeDescriptors.of(type));
    }

    @Override
    protected <T> Config<T> of(T value) {
        return ValueHandles.of(value);
    }

    @Override
    protected <U> List<Config<U>> elements(Config<? extends Collection<U>> collection) {
        List<Config<U>> elements = new ArrayList<>();
        for (Object element : (Collection<?>) content(collection)) {
            elements.add(unchecked(element));
        }
        return elements;
    }

    @Override
    @SuppressWarnings("unchecked") // the keys of a handle of a Map<K, ?> are of type K
    protected <K, U> Map<K, Config<U>> entries(Config<? extends Map<K, U>> map) {
        Map<K, Config<U>> entries = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) content(map)).entrySet()) {
            entries.put((K) entry.getKey(), unchecked(entry.getValue()));
        }
        return entries;
    }

    @Override
    protected <U> Optional<Config<U>> present(Config<Optional<U>> optional) {
        if (optional instanceof ContainerNode<?> container) {
            return container.content() == null ? Optional.empty() : Optional.of(unchecked(container.content()));
        }
        throw new IllegalArgumentException(optional + " is not an optional");
    }

    @Override
    protected void save(Object configs, Path file) {
        Serializer.find().save(configs, file);
    }

    @Override
    protected <T> Config<T> load(Path file, Class<T> type) {
        return LoadedFile.read(file).config(type);
    }

    @Override
    protected <T> List<Config<T>> loadList(Path file, Class<T> type) {
        return LoadedFile.read(file).list(type);
    }

    @Override
    protected <T> Map<String, Config<T>> loadMap(Path file, Class<T> type) {
        return LoadedFile.read(file).map(type);
    }

    @Override
    protected Path rooted(String text) {
        RootedPath path;
        try {
            path = RootedPath.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw ConfigException.of("Cannot make a path: " + wrong.getMessage())
                    .at(PlanLine.current())
                    .cause(wrong)
                    .build();
        }
        // The root is looked up here, so that the error has the line of the plan that names it.
        path.here();
        return path;
    }

    @Override
    protected SortedMap<String, Object> tags(Config<?> config) {
        return Node.of(config).tagSet().values();
    }

    @Override
    protected <T> BuilderState<T> state(TypeDescriptor<T> type) {
        return new Assembly<>(type);
    }

    @Override
    protected <T> BuilderState<T> stateFrom(Config<T> config) {
        return Assembly.from(config);
    }

    private static Object content(Config<?> config) {
        if (config instanceof ContainerNode<?> container && container.content() != null) {
            return container.content();
        }
        throw new IllegalArgumentException(config + " is not a collection");
    }

    @SuppressWarnings("unchecked") // a handle of a collection of U holds handles of U
    private static <U> Config<U> unchecked(Object config) {
        return (Config<U>) config;
    }
}
